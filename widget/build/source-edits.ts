/** Replaces pieces of a source text by their positions, as a parser reports them. */
export interface SourceEdit {
  start: number;
  end: number;
  text: string;
}

/** Applies the edits from the end to the start, so that the positions of the remaining ones stay valid. */
export const applyEdits = (code: string, edits: readonly SourceEdit[]): string =>
  [...edits]
    .sort((one, other) => other.start - one.start)
    .reduce((edited, { start, end, text }) => edited.slice(0, start) + text + edited.slice(end), code);
