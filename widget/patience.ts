/** Says when something takes longer than is usual, and when it is over. */
export async function withPatience<T>(work: Promise<T>, tell: (slow: boolean) => void): Promise<T> {
  const timer = setTimeout(tell, 4000, true);
  return work.finally(() => {
    clearTimeout(timer);
    tell(false);
  });
}
