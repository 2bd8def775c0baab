# Lỗi khi đọc và ghi tệp
run-no-file = Không có tệp { $name }.
run-read = Không đọc được { $path }: { $detail }
run-form = { $path } không đúng dạng { $form }: { $detail }
run-workbook = Không mở được bảng tính { $path }: tệp hỏng, quá lớn hoặc không phải bảng tính. Hãy mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx hay .csv. ({ $detail })
run-locked = { $path } có mật khẩu. Hãy mở tệp, bỏ mật khẩu rồi lưu lại.
run-open-quote = Dòng { $line } của { $path } mở dấu ngoặc kép (") mà không đóng, nên những dòng sau bị dính vào một ô. Hãy sửa dòng ấy rồi chạy lại.
run-no-rows = { $path } không có dòng dữ liệu nào.
run-no-column = { $path } không có cột “{ $column }”. Các cột có trong tệp: { $headers }.
run-no-sheet = { $path } không có trang “{ $sheet }”. Các trang có trong tệp: { $sheets }.
run-two-columns = { $path } có hai cột cùng tên “{ $column }”. Hãy đổi tên một cột rồi chạy lại.
run-nothing-guessed = Không nhận ra cột họ tên hay số giấy tờ nào trong { $path }. Hãy ghi rõ các cột trong tệp mô tả (dean06 link init).
run-unconfirmed = Các cột mới chỉ được đoán. Hãy xem lại bảng trên rồi chạy với --yes, hoặc tạo tệp mô tả: dean06 link init --left … --right … --out link.toml
run-output-form = Không biết ghi { $path } theo dạng nào: tên tệp phải kết thúc bằng .parquet, .csv, .xlsx hoặc .jsonl.
run-too-many-for-form = { $path } chỉ chứa được { $most } dòng mà kết quả có { $rows } dòng. Hãy ghi ra .parquet hoặc .csv.
run-disk-full = Ổ đĩa đã đầy khi ghi { $path }. Chưa có tệp kết quả nào được tạo; hãy giải phóng chỗ rồi chạy lại cùng lệnh, phần đã xong được giữ.
run-write = Không ghi được { $path }: { $detail }
run-interrupted = Đã dừng. { $done }/{ $total } phần đã xong được giữ trong { $folder }; chạy lại cùng lệnh để tiếp tục.
run-busy = Một lần chạy khác đang ghi { $path }.
run-changed = { $path } không còn như lúc công việc bắt đầu. Chạy lại lệnh khi không ai sửa tệp.
run-cluster = Cụm máy không làm xong: { $detail }. Chạy lại lệnh; nếu vẫn vậy, xem nhật ký của bộ điều phối và các máy thực thi.
run-field = Không hiểu trường “{ $field }”. Viết dạng tên=giá trị; các tên: name, birth, sex, id_number, old_id_number, address, commune, phone, father, mother, spouse, household.

# Lỗi của bộ đối khớp
linkage-spec = Không đọc được tệp mô tả: { $detail }
linkage-spec-contradiction = Tệp mô tả mâu thuẫn: { $detail }
linkage-empty = Bảng { $side } không có dòng nào.
linkage-ragged = Bảng { $side } hỏng: cột { $column } có { $found } dòng, trong khi bảng có { $rows } dòng.
linkage-too-many-rows = Bảng { $side } có quá nhiều dòng (tối đa 4.294.967.294).
linkage-missing-id = Dòng { $row } của bảng { $side } không có mã (cột id). Mỗi dòng phải có một mã riêng; có thể bỏ id khỏi tệp mô tả để đánh số theo dòng.
linkage-duplicate-id = Dòng { $first } và dòng { $second } của bảng { $side } trùng mã (cột id). Hãy chọn cột khác làm id, hoặc bỏ id khỏi tệp mô tả để đánh số theo dòng.
linkage-nothing-to-compare = Hai bảng không có cột chung nào phân biệt được người: cần ít nhất họ tên, số giấy tờ hoặc số điện thoại.
linkage-too-many-pairs = Các khóa chặn trong tệp mô tả sẽ so sánh { $pairs } cặp, quá giới hạn { $limit }. Hãy thêm phần vào khóa, hoặc bỏ mục [blocking] để máy tự chọn.
linkage-untrained = Chỉ mục chưa có mô hình. Hãy tạo lại bằng dean06 link index với --right.
linkage-unknown-label = Nhãn “{ $detail }” có mã không thuộc bảng nào.
linkage-cancelled = Đã dừng.
linkage-file = Tệp chỉ mục: { $detail }
linkage-damaged-index = Không dùng được tệp chỉ mục: { $detail }
linkage-other = Bộ đối khớp không làm được: { $detail }

side-left = bên trái
side-right = bên phải

# Tiến độ
stage-read = Đọc dữ liệu
stage-normalise = Chuẩn hóa
stage-index = Lập khóa
stage-train = Ước lượng mô hình
stage-link = Đối khớp
stage-decide = Quyết định
stage-write = Ghi kết quả
progress-left = còn khoảng { $time }
progress-unknown = chưa rõ còn bao lâu
progress-resumed = Tiếp tục lần chạy trước: { $done } phần đã xong.
progress-stopping = Đang dừng và giữ phần đã xong… (Ctrl-C lần nữa để thoát ngay)
time-seconds = { $n } giây
time-minutes = { $n } phút

# Tóm tắt
summary-read = Đã đọc { $left } dòng bên trái, { $right } dòng bên phải.
summary-read-one = Đã đọc { $left } dòng.
summary-sheet = Chỉ trang “{ $sheet }” được đọc; còn có bảng ở trang: { $others }. Muốn đọc trang khác hoặc nhiều trang, thêm vào đầu tệp mô tả: sheet = {"{"} right = ["…", "…"] {"}"}
summary-passed-over = Bỏ qua { $n } dòng không phải là một mục của danh sách (tên nhóm, dòng cộng, chữ ký, tiêu đề lặp lại).
summary-recoded = { $n } ô không phải Unicode, được đọc theo bảng mã cũ (TCVN3, VNI).
summary-links = Khớp: { $matched } dòng; cần người xem: { $review } dòng; không tìm thấy ai: { $none } dòng.
summary-groups = { $matched } cặp trùng, { $review } cặp cần người xem; { $groups } nhóm có từ hai dòng.
summary-no-key = Chưa so cặp nào: hoặc không hai dòng nào giống nhau, hoặc có quá nhiều dòng giống hệt nhau (tên rất phổ biến, cột chỉ có một giá trị). Nếu là trường hợp sau, hãy thêm cột phân biệt người (ngày sinh, địa chỉ, số định danh) vào tệp mô tả, hoặc tăng blocking.largest_block và blocking.pairs_per_row.
summary-keyless = { $n } người thiếu những giá trị mà các khóa tìm kiếm cần, nên không được so với ai: các khóa xem ở báo cáo (--report). Hãy bổ sung dữ liệu, hoặc đặt blocking.keys.
summary-oversize = { $n } lần gặp hơn { $most } dòng giống hệt nhau ở một khóa: khóa ấy bị bỏ qua, chỉ so những cặp mà khóa chi tiết hơn tìm ra. Muốn tìm thêm, hãy thêm cột phân biệt người hoặc tăng blocking.largest_block.
summary-written = Đã ghi { $rows } dòng vào { $path } sau { $time }.
summary-report = Báo cáo: { $path }
summary-labels = { $n } nhãn do người gán được dùng để ước lượng.
summary-index = Đã ghi chỉ mục { $rows } người vào { $path }.
one-nobody = Không tìm thấy ai.
sample-written = Đã ghi dan-cu.csv ({ $people } người, bịa) và so-dia-chinh.xlsx ({ $rows } dòng) vào { $path }. Đáp án nằm riêng trong dap-an.csv.

# Đoán cột
guess-title = Các cột được đoán trong { $path }:
guess-header = theo tên cột
guess-values = theo nội dung
guess-unused = không dùng
guess-ask = Dùng các cột này? [c/K]
guess-yes = c co có y yes
init-top = Tệp mô tả đối khớp. Mỗi dòng nói cột nào là gì; xoá dòng nào thì cột đó không được so sánh.
init-more = Hướng dẫn đầy đủ: docs/guide/link-spec.md
init-columns = Cột ở hai bên: cùng tên thì viết một lần, khác tên thì { $example }.
init-cardinality = many-to-one: một người có thể có nhiều dòng (nhiều thửa đất); one-to-one: mỗi người một dòng; clusters: không giới hạn.
init-sheet = Các trang khác cũng có bảng: { $others }. Muốn đọc nhiều trang thì viết thành danh sách, như ["Trang 1", "Trang 2"].
init-thresholds = Từ xác suất này trở lên là khớp; giữa hai ngưỡng thì người xem.
init-unused = Cột không dùng: { $columns }
init-written = Đã ghi { $path }. Hãy mở xem lại rồi chạy: dean06 link --spec { $path } --left … --right … --out links.parquet

meaning-id = mã dòng
meaning-name = họ tên
meaning-birth = ngày hoặc năm sinh
meaning-sex = giới tính
meaning-id_number = số giấy tờ
meaning-old_id_number = số giấy tờ cũ
meaning-address = địa chỉ
meaning-commune = xã, phường
meaning-phone = điện thoại
meaning-father = tên cha
meaning-mother = tên mẹ
meaning-spouse = tên vợ, chồng
meaning-household = số hộ
meaning-text = cột riêng
