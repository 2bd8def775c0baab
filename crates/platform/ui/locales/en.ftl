app-name = dean06 – Services from data
problem-date-not-a-day = This day is not in the calendar
problem-input-invalid = The input is not right
