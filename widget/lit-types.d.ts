/** Of Lit what the published types of the element mention: a consumer has Lit inside the module, and need not install it. */

export class LitElement extends HTMLElement {
  static styles: unknown;
  static properties: object;
  /** Settles when what was set has been painted. */
  readonly updateComplete: Promise<boolean>;
  readonly renderRoot: HTMLElement | DocumentFragment;
  requestUpdate(): void;
  protected willUpdate(changed: PropertyValues): void;
  protected updated(changed: PropertyValues): void;
  protected render(): unknown;
}

export interface ReactiveController {
  hostConnected?(): void;
  hostDisconnected?(): void;
  hostUpdate?(): void;
  hostUpdated?(): void;
}

export interface ReactiveControllerHost {
  addController(controller: ReactiveController): void;
  removeController(controller: ReactiveController): void;
  requestUpdate(): void;
  readonly updateComplete: Promise<boolean>;
}

export type PropertyValues<_Of = unknown> = Map<PropertyKey, unknown>;
export type CSSResult = object;
export type TemplateResult<_Type = unknown> = object;
export declare const nothing: unique symbol;
