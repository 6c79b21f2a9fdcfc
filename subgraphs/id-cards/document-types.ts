import type { DocumentType } from './tables.ts';

const paper = {
  isPhysical: true,
  hasChip: false,
  qrLayout: null,
  isRenewedByAge: false,
  endedFrom: null,
} as const;
const aged = { ...paper, isRenewedByAge: true } as const;

/** The catalogue of identity documents; all CMND ended with 2024 (Law 26/2023/QH15 Art. 46). */
export const knownDocumentTypes: readonly DocumentType[] = [
  { ...paper, code: 'CMND_9', name: 'Chứng minh nhân dân 9 số', endedFrom: '2025-01-01' },
  { ...paper, code: 'CMND_12', name: 'Chứng minh nhân dân 12 số', endedFrom: '2025-01-01' },
  { ...aged, code: 'CCCD_BARCODE', name: 'Căn cước công dân mã vạch' },
  { ...aged, code: 'CCCD_CHIP', name: 'Căn cước công dân gắn chip', hasChip: true, qrLayout: 'BASIC' },
  { ...aged, code: 'CAN_CUOC', name: 'Thẻ căn cước', hasChip: true, qrLayout: 'EXTENDED' },
  { ...paper, code: 'GIAY_CHUNG_NHAN_CAN_CUOC', name: 'Giấy chứng nhận căn cước' },
  { ...paper, code: 'CAN_CUOC_DIEN_TU', name: 'Căn cước điện tử', isPhysical: false },
];
