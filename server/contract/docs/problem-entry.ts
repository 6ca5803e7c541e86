/** What the list of problems says about each code. It is written for developers; customers read the widget's texts. */
export interface ProblemEntry {
  /** The usual HTTP status. Where a cause has another one, `cause` says so. */
  status: number;
  title: string;
  /** What led to it, and what was done or not done. */
  cause: string;
  /** What whoever reads it can do. */
  remedy: string;
}
