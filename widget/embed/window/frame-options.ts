/** Which payment a plugin window shows, and how. */
import type { Look } from '../../bridge/from-page.ts';

/** The `pluginUrl` as `POST /v1/payments` answers it, or a signed link; or its parts: the merchant's id and the client secret. */
export type FrameOptions = Look & ({ pluginUrl: string | URL } | { merchant: string; clientSecret: string });
