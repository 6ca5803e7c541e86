/** The page is held in the hand that sends the SMS: a link opens it. Elsewhere a phone has to read it from the screen. */
export const onPhone = (): boolean => matchMedia('(pointer: coarse)').matches;
