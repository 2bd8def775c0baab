app-name = dean06 – Cổng dịch vụ từ dữ liệu
problem-date-not-a-day = Ngày này không có trong lịch
problem-input-invalid = Dữ liệu nhập chưa đúng
