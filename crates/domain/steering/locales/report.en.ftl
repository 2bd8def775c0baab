## Reports

reports-title = Reports
reports-reminders = Reminders
reports-reminded-before = not sent yet, last moment { $due }
reports-reminded-overdue = overdue since { $due }
reports-reminded-by-hand = the unit above asks for it, last moment { $due }
reports-own = Reports of the unit
reports-none = No report is due yet.
reports-incoming = Reports of the units below
reports-no-incoming = No unit reports to here.
reports-round = { $sent } of { $total } units have sent theirs.
reports-round-late = { $count } late
reports-mailbox-title = Where reminders go
reports-mailbox = The unit's mailbox
reports-mailbox-hint = The mailbox of the office, not of a person. Empty: no e-mail; reminders still show on this page.
reports-mailbox-keep = Keep the address
reports-mail-off = This installation has no mail server. Reminders show on the page only.
reports-ask = Ask for an ad hoc report
reports-ask-explained = Every unit directly below is asked; their reports open with their figures. Your unit gets one that sums them up.
reports-ask-subject = What to report on
reports-ask-subject-hint = For example: papers that are no longer asked for
reports-ask-from = Figures from
reports-ask-to = Until
reports-ask-due = To be sent by: day
reports-ask-hour = To be sent by: time
reports-ask-hour-hint = Hours and minutes, for example 16:30
reports-ask-send = Ask
report-asked = { $count } units were asked.
report-mailbox-kept = The address is kept.

report-title-monthly = Report of { $month }/{ $year }
report-title-half-year = Report of the first half of { $year }
report-title-yearly = Report of the year { $year }
report-title-ad-hoc = Ad hoc report: { $subject }

report-report = Report
report-unit = Unit
report-period = Period
report-due = Due
report-state = State
report-state-draft = Being written
report-state-sent = Sent
report-state-returned = Returned
report-state-accepted = Accepted
report-state-locked = Locked
report-late =
    { $days ->
        [0] Late
        [one] { $days } day late
       *[other] { $days } days late
    }
report-was-late = Sent late
report-held-by = With
report-held-by-nobody = Nobody yet
report-sent-label = Sent at
report-plan = Plan
report-as-of = Counted at
report-live = moves with the records until it is sent
report-frozen = frozen
report-hash = SHA-256
report-intact = Intact
report-broken = Does not match its hash
report-files = The report as a file:
report-appendices = Appendices
report-and-others = and { $count } more
report-remind = Remind the unit
report-absent = { $count } units are not in the sums yet:
report-writer-adds-words = The figures come from dossiers and tasks on this platform; nothing is typed in. You only write what they mean.

report-part-1 = I. Steering
report-part-2 = II. Results
report-part-3 = III. Shortcomings, obstacles, causes
report-part-4 = IV. Tasks of the next month
report-part-5 = V. Proposals
report-documents = Documents issued
report-no-documents = No plan or document was brought in during the period.
report-group-procedures = Administrative procedures and online services
report-group-economy = Social and economic development
report-group-citizens = Digital citizens
report-group-data = Connection and use of population data
report-group-steering = Steering
report-group-targets = Other targets of the plan
report-tasks = Tasks
report-overdue = Tasks overdue
report-no-overdue = No task is overdue.
report-overdue-below = { $count ->
    [one] One overdue task lies
   *[other] { $count } overdue tasks lie
} with the units below.
report-obstacle-figures = Figures on obstacles
report-obstacles = Obstacles that stand
report-no-obstacles = No obstacle waits.
report-obstacles-below = { $count ->
    [one] One obstacle stands
   *[other] { $count } obstacles stand
} with the units below.
report-next = Tasks that fall due
report-no-next = No task falls due next month.
report-proposals = Proposals out of the obstacles
report-no-proposals = No proposal yet.
report-figure = Figure
report-this-period = This period
report-goal = Goal
report-last-period = Last period
report-change = Change
report-of-units = of { $count } units
report-not-counted = Not counted
report-line = Words
report-taken-in = Taken in on
report-who = Who has it
report-words-documents = How it was steered
report-words-procedures = Remarks: procedures and services
report-words-economy = Remarks: social and economic development
report-words-citizens = Remarks: digital citizens
report-words-data = Remarks: connection and use of data
report-words-steering = Remarks: steering
report-words-shortcomings = Shortcomings, causes, responsibility
report-words-next = Focus of the next month
report-words-proposals = Proposals
report-save = Keep the draft
report-send = Send the report
report-lock-own = Lock the report
report-below = Reports of the units below for this period
report-included = Reports summed up ({ $count })
report-decide = Decide
report-comment = Comment
report-comment-hint = Needed to return it: what is to be mended
report-accept = Accept
report-lock = Lock
report-return = Return
report-way = Its way
report-no-way = No step yet.
report-step-ask = Asked for
report-step-send = Sent
report-step-return = Returned
report-step-accept = Accepted
report-step-lock = Locked
report-step-remind = Reminded
report-saved = The draft is kept.
report-sent = The report is sent.
report-locked = The report is locked. Its figures no longer change.
report-returned = The report is returned.
report-accepted = The report is accepted.
report-reminded = { $unit } was reminded.

report-parts = Numerator / denominator
report-returned-because = The report was returned. The unit above asks:
report-origin = Source
report-origin-measure = Counted from dossiers on the platform
report-origin-register = Counted from tasks, documents, obstacles on the platform
report-origin-entered = Entered by { $count } units; no record measures it
report-entered = entered by units
report-record-entered = Entered by the unit
report-origin-units = Summed from the reports of { $count } units
report-origin-missing = Nothing counts it yet
report-records-proof = The list behind it
report-today = Counted today
report-today-differs = records were corrected or added since; the report keeps its figure
report-parts-of-units = Unit by unit
report-value = Value
report-numerator = Numerator
report-denominator = Denominator
report-sum-explained = The share of all is the sum of numerators over the sum of denominators, never an average of shares.
report-records = Dossiers and tasks counted
report-no-records = No dossier or task.
report-record-document = Issued in the period
report-record-done-on-time = Done on time
report-record-done-late = Done late
report-record-overdue = Overdue
report-record-at-risk = Due soon, or hindered
report-record-on-track = Within its time
report-record-obstacle = Not answered
report-record-obstacle-solved = Removed in the period

## The chairman's page

chairman-title = Steering of Decision 06
chairman-late = tasks overdue
chairman-off-course = targets off course
chairman-missing = reports missing
chairman-obstacles = obstacles unanswered
chairman-late-who = Overdue, and who has it
chairman-days-late = Days late
chairman-nothing-late = No task is overdue.
chairman-tasks = Tasks by standing
chairman-standing = Standing
chairman-count = Number
chairman-standing-overdue = Overdue
chairman-standing-at-risk = Due soon, hindered
chairman-standing-on-track = Within their time
chairman-standing-no-deadline = Without a deadline
chairman-standing-done-late = Done late
chairman-standing-done-on-time = Done on time
chairman-off-course-title = Targets off course
chairman-expected = Expected at the end
chairman-chart = Chart
chairman-chart-of = Now { $now } %, expected { $expected } %, goal { $goal } %
chairman-expected-explained = Expected: the straight line from the first value of the year to today, drawn on to the last day; two weeks of values at least. Dark bar: now; light bar: expected; upright line: goal.
chairman-no-off-course = Every measured target is on course.
chairman-no-course = Nothing is measured yet to foretell from.
chairman-missing-title = Reports missing, and who has them
chairman-nothing-missing = No unit is late with its report.
chairman-obstacles-title = Obstacles unanswered
chairman-no-obstacles = No obstacle waits.
chairman-overdue-days = { $days } days late
chairman-change-title = Biggest change of the week
chairman-points = percentage points
chairman-no-change = No change this week.
chairman-task-count = { $count } tasks

## What cannot be done

problem-report-not-now = The report is no longer at this step. Open the page again to see where it stands.
problem-report-changed-meanwhile = Somebody else has just changed this report. What you wrote stands below; open the report in another tab to compare, then keep it.
problem-report-figures-move = The records change all the time, so the figures cannot be fixed. Try again in a few minutes.
problem-report-not-owed = The unit has sent this report; there is nothing to remind of.
problem-report-period-backwards = The last day of the period stands before the first.
problem-report-due-passed = That moment has passed.
problem-report-nobody-below = There is no unit below to ask.
problem-mail-address-wrong = This is not the address of a mailbox.
problem-time-not-a-time = Write the time like 16:30.
