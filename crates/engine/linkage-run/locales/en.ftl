# Errors of reading and writing files
run-no-file = There is no file { $name }.
run-read = Cannot read { $path }: { $detail }
run-form = { $path } is not { $form }: { $detail }
run-workbook = { $path } cannot be opened as a workbook: it is damaged, too large, or none. Open it with Excel or LibreOffice and save it as .xlsx or .csv. ({ $detail })
run-locked = { $path } has a password. Open it, take the password off and save it.
run-open-quote = Line { $line } of { $path } opens a quotation mark (") that is not closed, so the lines after it would be taken for one cell. Mend that line and run again.
run-no-rows = { $path } has no rows.
run-no-column = { $path } has no column “{ $column }”. Its columns: { $headers }.
run-no-sheet = { $path } has no sheet “{ $sheet }”. The sheets there are: { $sheets }.
run-two-columns = { $path } has two columns “{ $column }”. Rename one and run again.
run-nothing-guessed = No column of { $path } looks like a name or a number. Name the columns in a spec (dean06 link init).
run-unconfirmed = The columns were only guessed. Look at the table above and run again with --yes, or write a spec: dean06 link init --left … --right … --out link.toml
run-output-form = Cannot tell how to write { $path }: its name must end in .parquet, .csv, .xlsx or .jsonl.
run-too-many-for-form = { $path } holds at most { $most } rows, but there are { $rows }. Write to .parquet or .csv.
run-disk-full = The disk is full while writing { $path }. No result file was made; free some space and run the same command again, what was finished is kept.
run-write = Cannot write { $path }: { $detail }
run-interrupted = Stopped. { $done } of { $total } parts are finished and kept in { $folder }; run the same command again to continue.
run-busy = Another run is writing { $path }.
run-changed = { $path } is not as it was when the job began. Run the command again while nobody changes it.
run-cluster = The cluster did not finish: { $detail }. Run the command again; if it stays so, look at the logs of the scheduler and the executors.
run-field = Cannot read the field “{ $field }”. Write name=value; the names: name, birth, sex, id_number, old_id_number, address, commune, phone, father, mother, spouse, household.

# Errors of the engine
linkage-spec = The spec cannot be read: { $detail }
linkage-spec-contradiction = The spec contradicts itself: { $detail }
linkage-empty = The { $side } table has no rows.
linkage-ragged = The { $side } table is damaged: column { $column } has { $found } rows, the table { $rows }.
linkage-too-many-rows = The { $side } table has too many rows (at most 4,294,967,294).
linkage-missing-id = Row { $row } of the { $side } table has no id. Every row needs its own; leave id out of the spec to number the rows.
linkage-duplicate-id = Rows { $first } and { $second } of the { $side } table have the same id. Choose another column as id, or leave id out of the spec to number the rows.
linkage-nothing-to-compare = The tables have no column in common that tells people apart: at least a name, a number or a telephone is needed.
linkage-too-many-pairs = The blocking keys of the spec would compare { $pairs } pairs, above the limit of { $limit }. Add parts to the keys, or leave [blocking] out to have keys chosen.
linkage-untrained = The index holds no model. Make it again with dean06 link index and --right.
linkage-unknown-label = Label “{ $detail }” names an id that is in neither table.
linkage-cancelled = Stopped.
linkage-file = Index file: { $detail }
linkage-damaged-index = The index file cannot be used: { $detail }
linkage-other = The engine could not do it: { $detail }

side-left = left
side-right = right

# Progress
stage-read = Reading
stage-normalise = Normalising
stage-index = Building keys
stage-train = Estimating the model
stage-link = Linking
stage-decide = Deciding
stage-write = Writing
progress-left = about { $time } left
progress-unknown = time left not known yet
progress-resumed = Continuing the earlier run: { $done } parts are finished.
progress-stopping = Stopping and keeping what is finished… (Ctrl-C again to leave at once)
time-seconds = { $n } s
time-minutes = { $n } min

# Summary
summary-read = Read { $left } rows on the left, { $right } on the right.
summary-read-one = Read { $left } rows.
summary-sheet = Only the sheet “{ $sheet }” was read; tables are also on: { $others }. To read another or several, put at the top of the spec: sheet = {"{"} right = ["…", "…"] {"}"}
summary-passed-over = { $n } rows are no entries of the list and were passed over (titles of groups, sums, signatures, the header once more).
summary-recoded = { $n } fields were not Unicode and were read in an old encoding (TCVN3, VNI).
summary-links = Matched: { $matched } rows; for review: { $review } rows; nobody found: { $none } rows.
summary-groups = { $matched } duplicate pairs, { $review } pairs for review; { $groups } groups of two rows or more.
summary-no-key = No pair was compared: either no two rows are alike, or too many are wholly alike (very common names, a column of one value). In the latter case add columns that tell people apart (date of birth, address, personal number) to the spec, or set larger blocking.largest_block and blocking.pairs_per_row.
summary-keyless = { $n } people lack the values that the keys read and were compared with nobody; the keys are in the report (--report). Complete the data, or set blocking.keys.
summary-oversize = { $n } times more than { $most } rows were wholly alike in a key: that key was left out, and only pairs that finer keys find were compared. To find more, add columns that tell people apart or set a larger blocking.largest_block.
summary-written = Wrote { $rows } rows to { $path } after { $time }.
summary-report = Report: { $path }
summary-labels = { $n } labels given by people were used in the estimate.
summary-index = Wrote an index of { $rows } people to { $path }.
one-nobody = Nobody found.
sample-written = Wrote dan-cu.csv ({ $people } invented people) and so-dia-chinh.xlsx ({ $rows } rows) to { $path }. The answers stand apart in dap-an.csv.

# Guessing columns
guess-title = Columns guessed in { $path }:
guess-header = by its header
guess-values = by its values
guess-unused = not used
guess-ask = Use these columns? [y/N]
guess-yes = y yes
init-top = Link specification. Each line says which column is what; a line that is deleted is not compared.
init-more = Full guide: docs/guide/link-spec.md
init-columns = Columns of both sides: once where they have the same name, else { $example }.
init-cardinality = many-to-one: a person may have many rows (parcels); one-to-one: one row for each person; clusters: no limit.
init-sheet = Other sheets hold tables as well: { $others }. To read several, write a list, as ["Sheet 1", "Sheet 2"].
init-thresholds = A match from this probability on; between the two a person decides.
init-unused = Columns not used: { $columns }
init-written = Wrote { $path }. Look it over, then run: dean06 link --spec { $path } --left … --right … --out links.parquet

meaning-id = id of the row
meaning-name = full name
meaning-birth = date or year of birth
meaning-sex = sex
meaning-id_number = identity number
meaning-old_id_number = former identity number
meaning-address = address
meaning-commune = commune
meaning-phone = telephone
meaning-father = father's name
meaning-mother = mother's name
meaning-spouse = husband's or wife's name
meaning-household = household
meaning-text = column of its own
