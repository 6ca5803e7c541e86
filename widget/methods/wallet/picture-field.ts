/** A picture of the finished transfer: chosen, dropped or pasted, and shown before it is sent. */
import { html, nothing } from 'lit';
import { fill } from '../../messages/fill.ts';
import type { TransferMessages } from '../../messages/transfer/transfer-messages.ts';
import { errorNote } from '../../parts/error-note.ts';

export interface PictureField {
  texts: TransferMessages;
  picture: File | null;
  error: string;
  disabled: boolean;
  onPicture(file: File | undefined): void;
}

/** One address for one picture, as long as it is the one. */
const previews = new WeakMap<File, string>();

export function pictureField({ texts, picture, error, disabled, onPicture }: PictureField) {
  return html`<div part="field" class="field picture">
    <label class="secondary picture-button" for="transfer-picture">${picture ? texts.pictureChange : texts.pictureAdd}</label>
    <input
      id="transfer-picture"
      class="unseen"
      type="file"
      accept="image/png,image/jpeg,image/webp"
      aria-label=${texts.picture}
      aria-describedby="transfer-picture-note"
      aria-invalid=${error ? 'true' : 'false'}
      ?disabled=${disabled}
      @change=${(event: Event) => onPicture((event.target as HTMLInputElement).files?.[0])}
    />
    ${picture ? html`<img class="preview" src=${previewOf(picture)} alt=${fill(texts.pictureShown, { name: picture.name })} />` : nothing}
    ${error ? errorNote(error, 'transfer-picture-note') : html`<p id="transfer-picture-note" class="note">${texts.pictureHint}</p>`}
  </div>`;
}

function previewOf(picture: File): string {
  const known = previews.get(picture) ?? URL.createObjectURL(picture);
  previews.set(picture, known);
  return known;
}
