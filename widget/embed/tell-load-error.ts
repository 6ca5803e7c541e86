/** Fires `pay-load-error` on an element whose own code, and with it the class of the event, did not come. */
export const tellLoadError = (element: Element): boolean =>
  element.dispatchEvent(
    Object.assign(new Event('pay-load-error', { bubbles: true, composed: true }), {
      problem: { code: 'provider_unavailable', ref: '' },
    }),
  );
