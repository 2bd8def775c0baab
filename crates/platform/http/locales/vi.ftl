## Tiêu đề theo loại trả lời

problem-title-401 = Cần đăng nhập
problem-title-403 = Không được thực hiện
problem-title-404 = Không tìm thấy trang
problem-title-409 = Nội dung đã thay đổi
problem-title-413 = Quá lớn
problem-title-422 = Có chỗ cần sửa
problem-title-429 = Quá nhiều lần
problem-title-500 = Có lỗi của hệ thống
problem-title-503 = Tạm thời không phục vụ được

## Trang báo lỗi

problem-typed = Nội dung bạn đã nhập
problem-typed-kept = Chưa có gì được lưu. Bạn có thể sao chép lại nội dung dưới đây.
problem-go-back = Quay lại trang trước, tải lại rồi thử lần nữa.
problem-go-home = Về trang chủ
problem-support = Nếu cần trợ giúp, hãy cho bộ phận một cửa biết mã yêu cầu:

## Vấn đề chung

problem-not-found = Trang này không có, hoặc bạn không có quyền xem. Hãy kiểm tra lại địa chỉ.
problem-sign-in-required = Hãy đăng nhập để tiếp tục.
problem-sign-in-ended = Phiên làm việc đã hết. Hãy đăng nhập lại.
problem-forbidden = Bạn xem được nội dung này nhưng không được thực hiện việc đó.
problem-conflict = Người khác vừa thay đổi nội dung này. Hãy tải lại trang để xem tình trạng mới nhất.
problem-too-large = Nội dung gửi lên lớn hơn mức cho phép.
problem-too-many = Bạn đã thử quá nhiều lần. Hãy đợi một phút rồi thử lại.
problem-unavailable = Một hệ thống liên quan chưa trả lời. Hãy thử lại sau ít phút.
problem-internal = Hệ thống gặp lỗi và đã ghi lại. Việc bạn vừa làm chưa được lưu. Hãy thử lại.
problem-input-invalid = Nội dung nhập chưa đúng. Hãy xem lại.
problem-input-unreadable = Không đọc được nội dung gửi lên.
problem-form-foreign = Yêu cầu này đến từ một trang web khác nên bị từ chối.
problem-form-expired = Trang này mở đã lâu nên chưa gửi được. Hãy tải lại trang rồi gửi lần nữa.
problem-request-too-slow = Yêu cầu mất quá nhiều thời gian. Hãy thử lại.
problem-page-after-unknown = Trang danh sách này không còn. Hãy xem lại từ đầu.

problem-database-busy = Hệ thống đang bận. Hãy thử lại sau ít giây.
problem-database-unreachable = Hệ thống chưa truy cập được dữ liệu. Hãy thử lại sau ít phút.
problem-database-stale = Người khác vừa thay đổi nội dung này. Hãy tải lại trang để xem tình trạng mới nhất.
problem-database-duplicate = Nội dung này đã có rồi.
problem-database-reference = Nội dung này đang được dùng ở nơi khác nên chưa xóa được.

## Vấn đề của từng ô

problem-field-required = Hãy nhập nội dung này
problem-field-choose = Hãy chọn một mục
problem-field-too-long = Chỉ được nhập tối đa { $longest } ký tự
problem-field-control-characters = Nội dung có ký tự không hiển thị được
problem-date-not-a-day = Ngày này không có trong lịch. Hãy nhập như 15/06/1990
problem-number-not-whole = Hãy nhập một số nguyên
problem-name-empty = Hãy nhập họ và tên
problem-name-too-long = Họ và tên quá dài
problem-name-markup = Họ và tên không được chứa các dấu < > &
problem-name-control = Họ và tên có ký tự không hiển thị được
problem-name-digit = Họ và tên không được chứa chữ số
problem-name-symbol = Họ và tên có ký hiệu không dùng trong tên
problem-name-mojibake = Họ và tên bị sai bảng mã. Hãy gõ lại có dấu
problem-name-damaged = Họ và tên bị mất dấu do sai bảng mã. Hãy gõ lại

## Tệp

problem-file-empty = Tệp này trống
problem-file-too-large = Tệp lớn hơn mức cho phép ({ $megabytes } MB)
problem-file-kind-forbidden = Chỉ nhận tệp PDF, PNG, JPEG, DOCX hoặc XLSX. Loại tệp được xác định theo nội dung, không theo tên
problem-file-archive-explodes = Tệp nén này giãn ra quá lớn nên không nhận
problem-file-name-invalid = Tên tệp không dùng được. Hãy đổi tên ngắn gọn, không có đường dẫn
problem-file-picture-too-large = Ảnh có nhiều hơn { $limit } điểm ảnh. Hãy thu nhỏ ảnh
problem-file-active-content = Tệp có mã lệnh (macro) nên không nhận
problem-file-locked = Tệp có mật khẩu. Hãy bỏ mật khẩu rồi gửi lại
problem-file-damaged = Tệp bị hỏng, không mở được
problem-file-lost = Không còn tìm thấy nội dung của tệp này
problem-file-store-full = Kho lưu tệp đã đầy. Hãy báo người quản trị
problem-file-store-unavailable = Kho lưu tệp chưa truy cập được. Hãy thử lại sau ít phút
problem-upload-incomplete = Tệp chưa tải lên hết (mới nhận { $received } byte). Hãy tải tiếp
problem-upload-longer-than-announced = Tệp dài hơn mức đã báo trước ({ $announced } byte). Hãy chọn lại tệp
problem-upload-finished = Tệp này đã tải lên xong
problem-upload-offset-mismatch = Lần tải trước dừng ở { $received } byte. Hãy tải tiếp từ đó

## Trang chủ

home-title = Cổng dịch vụ từ dữ liệu
home-question = Bạn cần làm thủ tục gì?
home-search = Tìm thủ tục
home-search-hint = Gõ có dấu hay không dấu đều được, ví dụ: xac nhan hon nhan
home-search-button = Tìm
home-all = Xem tất cả thủ tục
home-mine = Của tôi
home-promise-data = Không nộp lại giấy tờ
home-promise-data-text = Giấy tờ nào Nhà nước đã có dữ liệu thì hệ thống tự chứng minh, có nguồn và căn cứ.
home-promise-time = Biết trước hạn trả
home-promise-time-text = Hạn trả tính theo giờ làm việc và ngày nghỉ thật, kèm người đang xử lý.
home-promise-control = Biết ai đọc dữ liệu
home-promise-control-text = Mỗi lần đọc dữ liệu của bạn đều ghi rõ ai, vì hồ sơ nào và theo căn cứ nào.

## Tên các ô khi hiện lại nội dung đã nhập

typed-reason = Lý do
typed-note = Ghi chú
typed-text = Nội dung
typed-decision = Quyết định
typed-clause = Căn cứ
typed-unit = Đơn vị
