/** What a citizen is told of their rights before deciding (Law 91/2025/QH15 Art. 4 and 9). */
export const rights = {
  en: 'You may consent to all, to some or to nothing. You may withdraw at any time, at once and without a reason; what was done before stays lawful. You may see, correct, receive, delete or restrict your data, object, complain, sue and claim damages.',
  vi: 'Quý vị có thể đồng ý toàn bộ, một phần hoặc không đồng ý. Quý vị có thể rút lại sự đồng ý bất cứ lúc nào, có hiệu lực ngay và không cần nêu lý do; việc xử lý trước đó vẫn hợp pháp. Quý vị có quyền xem, chỉnh sửa, được cung cấp, xóa, hạn chế xử lý dữ liệu, phản đối, khiếu nại, khởi kiện và yêu cầu bồi thường thiệt hại.',
} as const;
