/** Values that the examples have in common, so that one payment can be followed through all of them. */
export const ids = {
  payment: 'pay_7q4k19tz3m8c5x0v2b6n1d4fga',
  otherPayment: 'pay_2m8c5x0v7q4k19tz3b6n1d4fgh',
  attempt: 'att_0v2b6n1d4f7q4k19tz3m8c5xga',
  event: 'evt_5x0v2b6n1d4f7q4k19tz3m8cga',
  card: 'card_1d4f7q4k19tz3m8c5x0v2b6nga',
  batch: 'bat_3m8c5x0v2b6n1d4f7q4k19tzga',
} as const;
export const reference = 'PD-7Q4K-19TZ';
/** Payme's id of the receipt that paid. */
export const receipt = '65f1c2a4b8d3e7f901234567';
/** What the QR code of a fiscal receipt contains. */
export const fiscalUrl = 'https://ofd.soliq.uz/check?t=EP000000000025&r=121&c=20270301120512&s=800031554082';
export const orderId = '10482';
export const label = 'customer-7';
export const clientSecret = 'cs_Zk3JtY0m1vQ8xR5nB2wL7sD4fG6hP9aCeUiO0pKjMxE';
/** Minor units of Uzbek so'm: 5,000.00. */
export const amount = 500_000;
export const currency = 'UZS';
export const created = '2027-03-01T12:00:01.000Z';
export const begun = '2027-03-01T12:00:02.000Z';
export const paid = '2027-03-01T12:00:03.000Z';
export const later = '2027-03-01T12:05:00.000Z';
export const expires = '2027-03-01T13:00:01.000Z';
