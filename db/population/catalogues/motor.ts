/** A make and model with what its papers say. */
export interface Model {
  readonly brand: string;
  readonly model: string;
  readonly seats: number;
  readonly engineCapacityCc: number | null;
  readonly powerKw: number | null;
  readonly payloadKg: number | null;
  readonly cleanEnergy: boolean;
}

const model = (
  brand: string,
  name: string,
  seats: number,
  engineCapacityCc: number | null,
  powerKw: number,
  payloadKg: number | null = null,
): Model => ({
  brand,
  model: name,
  seats,
  engineCapacityCc,
  powerKw,
  payloadKg,
  cleanEnergy: engineCapacityCc === null,
});

export const MOTORCYCLES: readonly Model[] = [
  model('HONDA', 'Wave Alpha', 2, 110, 6),
  model('HONDA', 'Vision', 2, 110, 7),
  model('HONDA', 'Future 125', 2, 125, 7),
  model('HONDA', 'Air Blade 125', 2, 125, 9),
  model('HONDA', 'SH 150i', 2, 157, 12),
  model('YAMAHA', 'Sirius', 2, 110, 6),
  model('YAMAHA', 'Exciter 155', 2, 155, 13),
  model('YAMAHA', 'Janus', 2, 125, 7),
  model('PIAGGIO', 'Vespa Sprint 125', 2, 125, 8),
  model('VINFAST', 'Klara S', 2, null, 2),
];

export const CARS: readonly Model[] = [
  model('TOYOTA', 'Vios', 5, 1496, 79),
  model('TOYOTA', 'Innova', 8, 1998, 102),
  model('HYUNDAI', 'Accent', 5, 1497, 85),
  model('HYUNDAI', 'Grand i10', 5, 1197, 61),
  model('KIA', 'Seltos', 5, 1497, 85),
  model('KIA', 'Morning', 5, 1248, 61),
  model('MAZDA', 'CX-5', 5, 1998, 114),
  model('FORD', 'Ranger', 5, 1996, 125, 750),
  model('MITSUBISHI', 'Xpander', 7, 1499, 77),
  model('VINFAST', 'VF 5', 5, null, 100),
  model('VINFAST', 'VF 8', 5, null, 260),
];

export const TRUCKS: readonly Model[] = [
  model('THACO', 'Towner 990', 2, 1372, 70, 990),
  model('HYUNDAI', 'Porter H150', 3, 2497, 96, 1500),
  model('ISUZU', 'QKR 270', 3, 2999, 77, 2280),
];

/** Sơn: colours as they stand on certificates. */
export const PAINTS: readonly string[] = ['Đen', 'Trắng', 'Đỏ', 'Xanh', 'Bạc', 'Xám', 'Nâu'];

/** Plate codes by the two-digit code of the old province; the first of several. */
export const PLATE_CODES: Readonly<Record<string, string>> = {
  '01': '29',
  '02': '23',
  '04': '11',
  '06': '97',
  '08': '22',
  '10': '24',
  '11': '27',
  '12': '25',
  '14': '26',
  '15': '21',
  '17': '28',
  '19': '20',
  '20': '12',
  '22': '14',
  '24': '98',
  '25': '19',
  '26': '88',
  '27': '99',
  '30': '34',
  '31': '15',
  '33': '89',
  '34': '17',
  '35': '90',
  '36': '18',
  '37': '35',
  '38': '36',
  '40': '37',
  '42': '38',
  '44': '73',
  '45': '74',
  '46': '75',
  '48': '43',
  '49': '92',
  '51': '76',
  '52': '77',
  '54': '78',
  '56': '79',
  '58': '85',
  '60': '86',
  '62': '82',
  '64': '81',
  '66': '47',
  '67': '48',
  '68': '49',
  '70': '93',
  '72': '70',
  '74': '61',
  '75': '60',
  '77': '72',
  '79': '51',
  '80': '62',
  '82': '63',
  '83': '71',
  '84': '84',
  '86': '64',
  '87': '66',
  '89': '67',
  '91': '68',
  '92': '65',
  '93': '95',
  '94': '83',
  '95': '94',
  '96': '69',
};

/** Codes no province has: one for the plates of very large populations, one for the named people. */
export const SPARE_PLATE_CODE = '13';
export const PERSONA_PLATE_CODE = '44';
