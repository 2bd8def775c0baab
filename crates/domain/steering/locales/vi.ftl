## Chỉ tiêu

steering-targets-title = Chỉ tiêu của kế hoạch
steering-total = Chỉ tiêu trong kế hoạch
steering-measured = Đã đo được từ hồ sơ
steering-measured-note = { $count } chỉ tiêu chưa đo được
steering-reached = Đạt mục tiêu năm nay
steering-honest = Giá trị được tính từ hồ sơ vào lúc bạn mở trang này, không ai nhập tay. Chỉ tiêu chưa có số liệu được ghi rõ là chưa đo.
steering-compiled = Kế hoạch được nạp lúc { $at }; khi đọc văn bản có { $count } chỗ cần người xem lại.
steering-number = Số
steering-target = Chỉ tiêu
steering-now = Hiện tại
steering-goals = Mục tiêu
steering-no-goal = Kế hoạch không nêu giá trị
steering-tracking = Đơn vị theo dõi
steering-no-targets = Kế hoạch này không có chỉ tiêu.
steering-nothing-counted = Chưa có hồ sơ
steering-value-unbound = Chưa đo
steering-value-not-offered = Chưa đo
steering-value-unavailable = Không đọc được số liệu
steering-why-unbound = Chỉ tiêu này chưa đo được: nền tảng chưa giữ loại hồ sơ trả lời cho nó.
steering-why-not-offered = Chỉ tiêu này đã gắn với số đo { $measure } nhưng hệ thống đang chạy chưa có số đo đó.
steering-why-unavailable = Nơi giữ hồ sơ của số đo { $measure } không trả lời. Hãy mở lại trang sau ít phút.
steering-progress-reached = Đạt
steering-progress-not-yet = Chưa đạt
steering-progress-no-number = Không nêu bằng số

steering-measure = Số đo
steering-numerator = Tử số
steering-denominator = Mẫu số
steering-formula = Cách tính
steering-formula-ratio = Tử số chia mẫu số, nhân 100, làm tròn hai chữ số. Tỷ lệ của nhiều đơn vị hoặc nhiều tháng được tính từ tổng tử số và tổng mẫu số, không lấy trung bình các tỷ lệ.
steering-counted-days = Thời gian tính
steering-from-to = Từ { $from } đến hết { $to }
steering-as-of = Thời điểm tính
steering-plan-says = Kế hoạch nêu
steering-source = Căn cứ
steering-legal = Cơ sở pháp lý khác
steering-line = Nguyên văn trong kế hoạch (dòng { $line })
steering-lines = Nguyên văn trong kế hoạch (dòng { $from } đến { $to })
steering-trend = Diễn biến theo ngày
steering-day = Ngày
steering-share = Tỷ lệ
steering-no-trend = Chưa có số liệu của những ngày trước.
steering-records = Hồ sơ tạo nên con số
steering-record = Hồ sơ
steering-counts = Tính vào tử số
steering-counted = Có
steering-not-counted = Không
steering-reason = Lý do
steering-no-records = Chưa có hồ sơ nào được tính.
steering-bind-title = Gắn số đo
steering-bind-measure = Số đo trả lời cho chỉ tiêu này
steering-bind-hint = Để trống nếu chưa số đo nào trả lời đúng chỉ tiêu.
steering-bind-save = Lưu
target-bound = Đã đổi số đo của chỉ tiêu.

## Nhiệm vụ

steering-tasks-title = Nhiệm vụ của kế hoạch
steering-tasks-count = { $count } nhiệm vụ
steering-task = Nhiệm vụ
steering-lead = Chủ trì
steering-coordinating = Phối hợp
steering-due = Thời hạn
steering-no-due = Không nêu
steering-due-recurring = Lặp lại
steering-due-conditional = Có điều kiện
steering-due-passed = Đã qua thời hạn
steering-product = Kết quả, sản phẩm
steering-no-tasks = Kế hoạch này không có nhiệm vụ.

## Chỉ số 2.1 của Quyết định 766/QĐ-TTg

on-time-title = Hồ sơ giải quyết đúng hạn
on-time-caption = Chỉ số 2.1, Bộ chỉ số phục vụ người dân, doanh nghiệp (Quyết định 766/QĐ-TTg)
on-time-window = Kỳ tính
on-time-window-month = Tháng này
on-time-window-quarter = Quý này
on-time-window-year = Năm nay
on-time-points = Điểm
on-time-of = { $reached } trên { $most }
on-time-lost-title = Điểm bị mất
on-time-lost = Mất { $lost } điểm vì { $late } hồ sơ quá hạn; mỗi hồ sơ như vậy trừ { $each } điểm.
on-time-nothing-lost = Không mất điểm: mọi hồ sơ đã tính đều đúng hạn.
on-time-rule-title = Thế nào là đúng hạn?
on-time-rule = Hồ sơ đúng hạn khi thời điểm kết thúc xử lý không muộn hơn thời điểm hẹn trả. Thời gian chờ người dân bổ sung được trừ ra; yêu cầu bổ sung quá một lần thì hồ sơ bị tính là quá hạn. Điểm bằng tỷ lệ đúng hạn nhân 20, làm tròn hai chữ số; kỳ không có hồ sơ thì không có điểm.

## Điều không làm được

problem-target-changed-meanwhile = Người khác vừa đổi chỉ tiêu này. Hãy mở lại trang và làm lại.
problem-target-measure-unknown = Hệ thống không có số đo này.
problem-plan-unreadable = Văn bản này không đọc được như một kế hoạch.
