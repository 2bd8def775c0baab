## Titles by status

problem-title-401 = Please sign in
problem-title-403 = Not allowed
problem-title-404 = Page not found
problem-title-409 = This has changed
problem-title-413 = Too large
problem-title-422 = There is a problem
problem-title-429 = Too many attempts
problem-title-500 = Something went wrong
problem-title-503 = Not available at the moment

## The problem page

problem-typed = What you typed
problem-typed-kept = Nothing has been saved. You can copy what you typed from here.
problem-go-back = Go back to the page before, reload it and try again.
problem-go-home = To the start page
problem-support = If you need help, tell the one-stop shop this request number:

## General problems

problem-not-found = This page does not exist, or you may not see it. Please check the address.
problem-sign-in-required = Please sign in to go on.
problem-sign-in-ended = Your session has ended. Please sign in again.
problem-forbidden = You can see this, but you may not do that.
problem-conflict = Somebody else has just changed this. Reload the page to see how things stand.
problem-too-large = What you sent is larger than allowed.
problem-too-many = You have tried too often. Wait a minute, then try again.
problem-unavailable = A system this depends on does not answer. Try again in a few minutes.
problem-internal = Something failed and was recorded. What you just did has not been saved. Please try again.
problem-input-invalid = The input is not right. Please look at it again.
problem-input-unreadable = What was sent cannot be read.
problem-form-foreign = This request came from another website and was refused.
problem-form-expired = This page was open for a long time and could not be sent. Reload it and send it again.
problem-request-too-slow = The request took too long. Please try again.
problem-page-after-unknown = This page of the list no longer exists. Start from the beginning.

problem-database-busy = The system is busy. Try again in a few seconds.
problem-database-unreachable = The system cannot reach its data. Try again in a few minutes.
problem-database-stale = Somebody else has just changed this. Reload the page to see how things stand.
problem-database-duplicate = This exists already.
problem-database-reference = This is used elsewhere and cannot be removed.

## Problems of a field

problem-field-required = Fill in this field
problem-field-choose = Choose one
problem-field-too-long = At most { $longest } characters
problem-field-control-characters = There are characters that cannot be shown
problem-date-not-a-day = This day is not in the calendar. Write it like 15/06/1990
problem-number-not-whole = Enter a whole number
problem-name-empty = Enter the full name
problem-name-too-long = The name is too long
problem-name-markup = A name has no < > &
problem-name-control = The name has characters that cannot be shown
problem-name-digit = A name has no digits
problem-name-symbol = The name has symbols that no name has
problem-name-mojibake = The name was garbled by a wrong encoding. Please type it again
problem-name-damaged = Letters of the name were lost by a wrong encoding. Please type it again

## Files

problem-file-empty = This file is empty
problem-file-too-large = The file is larger than allowed ({ $megabytes } MB)
problem-file-kind-forbidden = Only PDF, PNG, JPEG, DOCX and XLSX files are taken; the content decides, not the name
problem-file-archive-explodes = This archive unpacks to too much and is not taken
problem-file-name-invalid = This file name cannot be used. Give it a short name without a path
problem-file-picture-too-large = The picture has more than { $limit } pixels. Make it smaller
problem-file-active-content = The file holds program code (macros) and is not taken
problem-file-locked = The file has a password. Remove it and send the file again
problem-file-damaged = The file is damaged and cannot be opened
problem-file-lost = The content of this file cannot be found
problem-file-store-full = The file store is full. Please tell the administrator
problem-file-store-unavailable = The file store cannot be reached. Try again in a few minutes
problem-upload-incomplete = The file has not arrived whole ({ $received } bytes so far). Continue the upload
problem-upload-longer-than-announced = The file is longer than was announced ({ $announced } bytes). Choose the file again
problem-upload-finished = This file has been uploaded already
problem-upload-offset-mismatch = The upload stopped at { $received } bytes. Continue from there

## The start page

home-title = Services from data
home-question = What would you like to apply for?
home-search = Find a procedure
home-search-hint = With or without Vietnamese marks, for example: xac nhan hon nhan
home-search-button = Search
home-all = See all procedures
home-mine = Mine
home-promise-data = No paper twice
home-promise-data-text = What the State already holds is proven from data, with its source and legal basis.
home-promise-time = The due date from the start
home-promise-time-text = Counted in real working hours and holidays, and you see who is handling it.
home-promise-control = Who read your data
home-promise-control-text = Every reading tells who it was, for which dossier and on what basis.

## Names of fields where typed content is shown again

typed-reason = Reason
typed-note = Note
typed-text = Text
typed-decision = Decision
typed-clause = Legal basis
typed-unit = Unit
