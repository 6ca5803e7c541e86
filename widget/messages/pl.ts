/** Polish. Fetched on demand. It addresses the customer informally, as Polish payment apps do. */
import { card } from './card/pl.ts';
import type { Messages } from './messages.ts';
import { page } from './page/pl.ts';
import { sms } from './sms/pl.ts';
import { transfer } from './transfer/pl.ts';

/** In Polish a word of one letter must not end a line, so a non-breaking space joins it to the next word. */
export const keepShortWords = <Texts extends object>(texts: Texts): Texts =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      typeof text === 'string' ? text.replace(shortWords, joined) : keepShortWords(text),
    ]),
  ) as Texts;

/** Without a lookbehind, which Safari has only since 16.4: there the whole file would not load. */
const shortWords = /(^|[ \u00a0(])((?:[aiouwz] )+)/gi;
const joined = (_: string, before: string, words: string) => before + words.replaceAll(' ', '\u00a0');

export const pl: Messages = keepShortWords({
  titles: {
    loading: 'Otwieramy płatność…',
    enter: 'Wybierz sposób płatności',
    checking: 'Sprawdzamy Twoją płatność',
    review: 'Sprawdzamy płatność ręcznie',
    paid: 'Zapłacono',
    expired: 'Czas na płatność minął',
    canceled: 'Płatność anulowana',
    underpaid: 'Dotarła tylko część kwoty',
    refunding: 'Pieniądze wracają do Ciebie',
    refunded: 'Pieniądze zwrócone',
    unavailable: 'Tego zamówienia nie można tu opłacić',
    load_error: 'Nie możemy otworzyć płatności',
    session: 'Otwórz płatność ponownie',
  },

  order: 'Zamówienie {order}',
  testMode: 'Tryb testowy: bez prawdziwych pieniędzy',
  testShort: 'Testowo',
  methods: { pay_code: 'Kod płatniczy', wallet: 'Portfel mobilny', card: 'Karta' },

  currencies: { PLN: '{n}\u00a0zł' },

  codeLabel: 'Kod płatniczy',
  codeHint: 'Z vouchera lub SMS-a. Spacje nie mają znaczenia.',
  codeHintLength: '{length} {length|znak|znaki|znaków}: litery i cyfry. Spacje nie mają znaczenia.',
  codeEmpty: 'Najpierw wpisz kod płatniczy.',
  codeLength: 'Kod ma {length} {length|znak|znaki|znaków}, a wpisano {typed}. Nie pobraliśmy pieniędzy.',
  codeSigns: 'W kodzie nie występują znaki: {signs}. Nie pobraliśmy pieniędzy. Sprawdź kod i spróbuj ponownie.',
  codeExpiredOn: 'Kod stracił ważność {at}, więc go nie użyliśmy. Użyj innego kodu.',
  codeValidFrom: 'Kod będzie ważny od {at}, więc go nie użyliśmy. Wróć później lub użyj innego kodu.',
  codeFoot: 'Użyjemy kodu tylko wtedy, gdy pasuje do tego zamówienia.',
  codeFrom: 'Voucher lub kod z SMS-a',
  moreWallets: 'Więcej portfeli',
  pay: 'Zapłać {amount}',
  sending: 'Sprawdzamy kod…',
  retryIn: 'Spróbuj ponownie za {time}',
  retryNow: 'Możesz spróbować ponownie.',

  checkingText: 'To może potrwać kilka minut. Możesz zamknąć tę stronę: sklep dowie się, gdy tylko poznamy wynik.',
  checkingLongText: 'To trwa dłużej niż zwykle. Możesz zamknąć tę stronę: sklep dowie się, gdy tylko poznamy wynik.',
  checkingWarning: 'Prosimy nie płacić ponownie, dopóki nie skończymy.',
  checkNow: 'Sprawdź teraz',
  reviewText: 'To może potrwać nawet cały dzień. Możesz zamknąć tę stronę: sklep dowie się, gdy tylko poznamy wynik.',
  amount: 'Kwota',
  started: 'Rozpoczęto',
  justNow: 'przed chwilą',
  minutesAgo: '{n} {n|minutę|minuty|minut} temu',
  hoursAgo: '{n} {n|godzinę|godziny|godzin} temu',
  checkingFoot: 'Sprawdzamy, dopóki nie poznamy wyniku.',

  paidLate: 'Pieniądze dotarły po czasie. Płatność jest ważna, sklep się o niej dowie.',
  paidFoot: 'Sklep też się o tym dowie. Możesz zamknąć tę stronę.',
  to: 'Odbiorca',
  orderRow: 'Zamówienie',
  with: 'Metoda',
  when: 'Data',
  reference: 'Numer płatności',
  copy: 'Kopiuj',
  copied: 'Skopiowano',
  paste: 'Wklej',
  copyReference: 'Kopiuj numer płatności',
  back: 'Wróć do sklepu {merchant}',
  receipt: 'Potwierdzenie płatności',
  saveReceipt: 'Zapisz potwierdzenie',
  fiscalReceipt: 'Paragon fiskalny',
  fiscalPicture: 'Kod QR paragonu fiskalnego',
  fiscalOpen: 'Otwórz na stronie urzędu skarbowego',
  fiscalLink: 'Otwórz paragon fiskalny',
  language: 'Język',

  endedText: 'Nie pobraliśmy pieniędzy. Aby kupić, zacznij od nowa w sklepie.',
  alreadyPaid: 'Zamówienie jest już opłacone? Nie płać drugi raz: podaj sklepowi numer płatności.',
  underpaidText: 'Nie dosyłaj reszty. Podaj sklepowi numer płatności.',
  asked: 'Do zapłaty',
  received: 'Otrzymano',
  missing: 'Brakuje',
  refundingText: 'Sklep zwraca Ci pieniądze. Nie musisz nic robić.',
  refundText: 'Sklep zwrócił Ci pieniądze. Nie musisz nic robić.',

  unreachable: 'Brak połączenia z serwisem płatności. Sprawdź internet i spróbuj ponownie.',
  serviceFault: 'Serwis płatności ma awarię. Spróbuj ponownie za minutę.',
  tryAgain: 'Spróbuj ponownie',
  offline: 'Brak połączenia. Gdy wróci, strona sama ruszy dalej.',
  slow: 'Jeszcze chwila. To może potrwać minutę.',
  otherTab: 'Płatność trwa w innej karcie. Wynik pojawi się też tutaj.',
  pageRefused:
    'Na tej stronie nie da się jeszcze płacić. Daj znać sklepowi. Jeśli zamówienie jest już opłacone, nie płać ponownie.',
  sessionText:
    'Ta strona była otwarta zbyt długo. Wróć do sklepu i otwórz płatność ponownie. Jeśli zamówienie jest już opłacone, nie płać drugi raz: podaj sklepowi numer płatności.',

  transfer,
  card,
  sms,
  page,

  problems: {
    code_format: 'To nie wygląda na kod płatniczy, więc nie pobraliśmy pieniędzy. Sprawdź litery i cyfry.',
    code_invalid: 'Ten kod tu nie działa, więc nie pobraliśmy pieniędzy. Sprawdź O/0 oraz I/1: wyglądają podobnie.',
    code_used: 'Ten kod został już użyty, więc nie pobraliśmy pieniędzy. Sprawdź znaki lub użyj innego kodu.',
    code_expired: 'Ten kod stracił ważność, więc nie pobraliśmy pieniędzy. Użyj innego kodu.',
    code_not_yet_valid: 'Ten kod jeszcze nie działa, więc nie pobraliśmy pieniędzy. Wróć później lub użyj innego kodu.',
    code_value_too_low: 'Ten kod jest wart mniej niż {amount}, więc go nie użyliśmy. Użyj kodu, który wystarczy na zamówienie.',
    code_value_too_high:
      'Ten kod jest wart więcej niż {amount} i reszta by przepadła, więc go nie użyliśmy. Użyj kodu na właściwą kwotę.',
    too_many_attempts: 'Zbyt wiele błędnych kodów. Nie pobraliśmy pieniędzy. Odczekaj chwilę i spróbuj ponownie.',
    provider_unavailable:
      'Nie możemy teraz sprawdzić kodu. Nie pobraliśmy pieniędzy, a kod nie został użyty. Spróbuj ponownie za minutę.',
    payment_processing: 'Ta płatność jest już sprawdzana. Nie płać ponownie.',
    payment_expired: 'Czas na płatność minął, więc nie pobraliśmy pieniędzy. Zacznij od nowa w sklepie.',
    method_unavailable: 'Ta metoda nie działa dla tego zamówienia. Nie pobraliśmy pieniędzy. Wybierz inną metodę w sklepie.',
    order_conflict: 'Zamówienie się zmieniło, więc nie pobraliśmy pieniędzy. Zacznij od nowa w sklepie.',
    idempotency_conflict: 'Coś zawiodło po naszej stronie. Spróbuj ponownie z tym samym kodem: nie zapłacisz dwa razy.',
    unauthorized:
      'Ten link do płatności już nie działa. Wróć do sklepu. Jeśli zamówienie jest już opłacone, nie płać ponownie: zapytaj w sklepie.',
    not_found:
      'Ten link do płatności już nie działa. Wróć do sklepu. Jeśli zamówienie jest już opłacone, nie płać ponownie: zapytaj w sklepie.',
    invalid_request: 'Nie możemy odczytać kodu, więc nie pobraliśmy pieniędzy. Sprawdź kod i spróbuj ponownie.',
    too_large: 'Nie możemy odczytać kodu, więc nie pobraliśmy pieniędzy. Sprawdź kod i spróbuj ponownie.',
    busy: 'W tej chwili płaci bardzo wiele osób. Odczekaj chwilę i spróbuj ponownie: nie zapłacisz dwa razy.',
    internal: 'Coś zawiodło po naszej stronie. Spróbuj ponownie z tym samym kodem: nie zapłacisz dwa razy.',
    network: 'Połączenie zostało przerwane. Spróbuj ponownie z tym samym kodem: nie zapłacisz dwa razy.',
    before_submit_rejected: 'Sklep wstrzymał płatność, więc nie pobraliśmy pieniędzy. Spróbuj ponownie lub zapytaj w sklepie.',
    before_submit_timeout: 'Sklep nie odpowiedział na czas, więc nie pobraliśmy pieniędzy. Spróbuj ponownie.',
  },
});
