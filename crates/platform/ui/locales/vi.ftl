## Khung trang

app-tagline = Cổng dịch vụ từ dữ liệu
app-description = Làm thủ tục hành chính bằng dữ liệu sẵn có thay cho giấy tờ.
skip-to-content = Đến nội dung chính
language-choose = Chọn ngôn ngữ
navigation = Danh mục
person-citizen = Công dân
sign-in = Đăng nhập
sign-out = Đăng xuất
outage-title = Đang gián đoạn.
notice-success = Đã xong
notice-information = Thông tin
footer-promise = Cơ quan nhà nước đã có dữ liệu thì bạn không phải nộp lại. Mọi lần đọc dữ liệu của bạn đều được ghi lại và bạn xem được.
footer-request = Mã yêu cầu

nav-home = Trang chủ
nav-work = Việc cần làm
nav-procedures = Thủ tục
nav-dossiers = Hồ sơ của tôi
nav-cabinet = Kho giấy tờ
nav-access = Ai đã đọc dữ liệu của tôi
nav-steering = Chỉ đạo
nav-tasks = Nhiệm vụ
nav-chairman = Điều hành
nav-reports = Báo cáo
nav-targets = Chỉ tiêu
nav-on-time = Đúng hạn
nav-audit = Nhật ký
nav-disputes = Phản ánh
nav-corrections = Đề nghị sửa dữ liệu
nav-roles = Vai trò

## Thành phần

back = Quay lại
breadcrumbs = Đường dẫn
characters-left = Còn %{"{"}count{"}"} ký tự
characters-longest = Tối đa { $longest } ký tự
characters-none-left = Đã hết số ký tự cho phép
characters-over = Thừa %{"{"}count{"}"} ký tự
date-hint = Ví dụ: 15/06/1990
error-prefix = Lỗi:
error-summary-title = Có chỗ cần sửa
field-optional = (không bắt buộc)
field-source = Lấy từ: { $source }
filter-apply = Lọc
pagination = Phân trang
pagination-next = Trang sau
pagination-previous = Trang trước
select-choose = Chọn
upload-failed = không tải lên được, hãy thử lại
warning-prefix = Lưu ý

## Trang mẫu

gallery-title = Bộ thành phần giao diện
