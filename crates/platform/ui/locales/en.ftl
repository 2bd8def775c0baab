## The page's frame

app-tagline = Services from data
app-description = Administrative procedures from data the State already holds, instead of paper.
skip-to-content = Skip to main content
language-choose = Choose a language
navigation = Menu
person-citizen = Citizen
sign-in = Sign in
sign-out = Sign out
outage-title = Out of service.
notice-success = Done
notice-information = Information
footer-promise = What the State already holds, you do not hand in again. Every reading of your data is recorded, and you can see it.
footer-request = Request

nav-home = Home
nav-work = Work
nav-procedures = Procedures
nav-dossiers = My dossiers
nav-cabinet = My documents
nav-access = Who read my data
nav-steering = Steering
nav-tasks = Tasks
nav-chairman = Steering
nav-reports = Reports
nav-targets = Targets
nav-on-time = On time
nav-audit = Audit log
nav-disputes = Disputes
nav-corrections = Corrections
nav-roles = Roles

## Components

back = Back
breadcrumbs = Breadcrumbs
characters-left = %{"{"}count{"}"} characters left
characters-longest = At most { $longest } characters
characters-none-left = No characters left
characters-over = %{"{"}count{"}"} characters too many
date-hint = For example: 15/06/1990
error-prefix = Error:
error-summary-title = There is a problem
field-optional = (optional)
field-source = From: { $source }
filter-apply = Filter
pagination = Pages
pagination-next = Next page
pagination-previous = Previous page
select-choose = Choose
upload-failed = could not be uploaded, please try again
warning-prefix = Warning

## The gallery

gallery-title = Components
