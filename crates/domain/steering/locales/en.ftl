## Targets

steering-targets-title = Targets of the plan
steering-total = Targets in the plan
steering-measured = Measured from records
steering-measured-note = { $count ->
    [one] one target is not measured yet
   *[other] { $count } targets are not measured yet
 }
steering-reached = Reached for this year
steering-honest = Values are counted from records at the moment you open this page; nobody types them. A target without figures says so.
steering-compiled = The plan was brought in at { $at }; { $count ->
    [one] one place of its text
   *[other] { $count } places of its text
 } should be looked at by a person.
steering-number = No.
steering-target = Target
steering-now = Now
steering-goals = Goal
steering-no-goal = The plan names no value
steering-tracking = Tracking units
steering-no-targets = This plan has no targets.
steering-nothing-counted = No dossiers yet
steering-value-unbound = Not measured yet
steering-value-not-offered = Not measured yet
steering-value-unavailable = Figures cannot be read
steering-why-unbound = This target is not measured yet: the platform keeps no records that answer it.
steering-why-not-offered = This target is bound to the measure { $measure }, which this installation does not offer.
steering-why-unavailable = The keeper of the records behind { $measure } does not answer. Please open the page again in a few minutes.
steering-progress-reached = Reached
steering-progress-not-yet = Not reached yet
steering-progress-no-number = Not named as a number

steering-measure = Measure
steering-numerator = Numerator
steering-denominator = Denominator
steering-formula = Formula
steering-formula-ratio = Numerator divided by denominator, times 100, rounded to two decimals. The share of several units or months comes from the sums of numerators and denominators, never from an average of shares.
steering-counted-days = Days counted
steering-from-to = From { $from } to the end of { $to }
steering-as-of = Counted at
steering-plan-says = What the plan says
steering-source = Source
steering-legal = Other legal ground
steering-line = Wording of the plan (line { $line })
steering-lines = Wording of the plan (lines { $from } to { $to })
steering-trend = Day by day
steering-day = Day
steering-share = Share
steering-no-trend = There are no figures of earlier days yet.
steering-records = Records behind the number
steering-record = Record
steering-counts = In the numerator
steering-counted = Yes
steering-not-counted = No
steering-reason = Reason
steering-no-records = Nothing has been counted yet.
steering-bind-title = Bind to a measure
steering-bind-measure = The measure that answers this target
steering-bind-hint = Leave it open if no measure answers the target truly.
steering-bind-save = Save
target-bound = The measure of the target was changed.

## Tasks

steering-tasks-title = Tasks of the plan
steering-tasks-count = { $count ->
    [one] one task
   *[other] { $count } tasks
 }
steering-task = Task
steering-lead = Lead
steering-coordinating = Coordinating
steering-due = Deadline
steering-no-due = Not named
steering-due-recurring = Recurring
steering-due-conditional = Conditional
steering-due-passed = Deadline has passed
steering-product = Result, product
steering-no-tasks = This plan has no tasks.

## Indicator 2.1 of Decision 766/QĐ-TTg

on-time-title = Dossiers settled on time
on-time-caption = Indicator 2.1 of the index of service to people and businesses (Decision 766/QĐ-TTg)
on-time-window = Period
on-time-window-month = This month
on-time-window-quarter = This quarter
on-time-window-year = This year
on-time-points = Points
on-time-of = { $reached } of { $most }
on-time-lost-title = Points lost
on-time-lost = { $lost } points are lost through { $late } overdue dossiers; each of them costs { $each } points.
on-time-nothing-lost = No point is lost: every dossier counted was on time.
on-time-rule-title = What is on time?
on-time-rule = A dossier is on time if its handling ended no later than the appointed moment. Time spent waiting for a supplement is taken off; a dossier with more than one request for a supplement counts as overdue. The points are the share on time times 20, rounded to two decimals; a period without dossiers has no points.

## What cannot be done

problem-target-changed-meanwhile = Somebody else has just changed this target. Please open the page again and repeat the change.
problem-target-measure-unknown = There is no such measure here.
problem-plan-unreadable = This text cannot be read as a plan.
