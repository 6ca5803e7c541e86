/**
 * The address that opens an SMS, written and ready to be sent. RFC 5724 has `?body=`; the iPhone reads the body only after an `&`. Android and
 * the readers of QR codes pass over the empty pair between the two.
 */
export const smsLink = (number: string, text: string): string => `sms:${number}?&body=${encodeURIComponent(text)}`;
