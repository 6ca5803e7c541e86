/** Polish. */
import type { PageMessages } from '../messages.ts';

export const page: PageMessages = {
  title: 'Płatność',
  missingTitle: 'Ten link do płatności jest niepełny',
  missingText: 'Samo otwarcie linku nic nie kosztuje. Wróć do sklepu i otwórz płatność jeszcze raz.',
  secure: 'Bezpieczna płatność',
  expiredTitle: 'Ten link do płatności stracił ważność',
  expiredText:
    'Samo otwarcie linku nic nie kosztuje. Weź nowy link ze sklepu. Jeśli zamówienie jest już opłacone, nie płać ponownie: zapytaj w sklepie.',
  brokenTitle: 'Ten link do płatności nie działa',
  brokenText:
    'Samo otwarcie linku nic nie kosztuje. Link mógł zostać ucięty lub zmieniony po drodze. Otwórz płatność jeszcze raz ze sklepu.',
  refusedTitle: 'Tym linkiem nie można opłacić zamówienia',
  refusedText:
    'Samo otwarcie linku nic nie kosztuje. Zamówienie mogło się zmienić. Jeśli jest już opłacone, nie płać ponownie: zapytaj w sklepie.',
  laterTitle: 'Teraz nie możemy otworzyć tej płatności',
  laterText: 'Samo otwarcie nic nie kosztuje. Sprawdź połączenie i spróbuj ponownie za chwilę.',
  tryAgain: 'Spróbuj ponownie',
};
