/** A number of a JSON text, as it was written: what it is worth is for its reader to say, without a float in between. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
