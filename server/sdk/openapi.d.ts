/**
 * The HTTP interface for merchants' servers. Do not edit it.
 * Made by "npm run sdk:types" from the OpenAPI document 2c55742224b681559f0d10841df2d603777517f91b4441bb846b42d4b2b5deb2.
 */

export interface paths {
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Payments, newest first */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description Only the payment with this reference, as a customer reads it out.
                     * @example PD-7Q4K-19TZ
                     */
                    reference?: string;
                    /**
                     * @description Only payments of this order.
                     * @example 10482
                     */
                    orderId?: string;
                    /**
                     * @description Only payments of this customer.
                     * @example customer-7
                     */
                    label?: string;
                    /**
                     * @description Only payments with this status.
                     * @example needs_review
                     */
                    status?: "open" | "awaiting_customer" | "processing" | "needs_review" | "succeeded" | "underpaid" | "refunding" | "refunded" | "canceled" | "expired";
                    /**
                     * @description Only payments of this amount, in minor units of their currency: `2500` for 25.00.
                     * @example 2500
                     */
                    amount?: string;
                    /**
                     * @description Only payments in this currency.
                     * @example PLN
                     */
                    currency?: string;
                    /**
                     * @description Only payments that were created at this moment or later, ISO 8601 with a time zone.
                     * @example 2027-03-01T00:00:00Z
                     */
                    createdFrom?: string;
                    /**
                     * @description Only payments that were created before this moment, ISO 8601 with a time zone.
                     * @example 2027-03-02T00:00:00Z
                     */
                    createdTo?: string;
                    /**
                     * @description The id of the last payment of the page before: the answer goes on behind it.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    after?: string;
                    /**
                     * @description To go back: the id of the first payment of the page that follows. Not together with `after`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    before?: string;
                    /**
                     * @description How many at most, 1 to 100; 20 by default.
                     * @example 20
                     */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description Newest first.
                             * @example [
                             *       {
                             *         "id": "pay_7q4k19tz3m8c5x0v2b6n1d4fga",
                             *         "reference": "PD-7Q4K-19TZ",
                             *         "orderId": "10482",
                             *         "label": "customer-7",
                             *         "description": "The Patient Garden",
                             *         "status": "succeeded",
                             *         "version": 9,
                             *         "test": false,
                             *         "amount": 500000,
                             *         "discount": 0,
                             *         "discountCode": null,
                             *         "due": 500000,
                             *         "amountPaid": 500000,
                             *         "amountRefunded": 0,
                             *         "currency": "UZS",
                             *         "paidLate": false,
                             *         "methods": [
                             *           "pay_code",
                             *           "card"
                             *         ],
                             *         "method": "card",
                             *         "createdAt": "2027-03-01T12:00:01.000Z",
                             *         "expiresAt": "2027-03-01T13:00:01.000Z",
                             *         "paidAt": "2027-03-01T12:00:03.000Z",
                             *         "returnUrls": {
                             *           "success": "https://shop.example/orders/10482"
                             *         },
                             *         "metadata": {
                             *           "warehouse": "north"
                             *         },
                             *         "attempts": [
                             *           {
                             *             "id": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
                             *             "method": "card",
                             *             "status": "paid",
                             *             "startedAt": "2027-03-01T12:00:02.000Z",
                             *             "endedAt": "2027-03-01T12:00:03.000Z",
                             *             "lastCharacters": "6311",
                             *             "submittedReference": null,
                             *             "transfer": null
                             *           }
                             *         ],
                             *         "evidence": [
                             *           {
                             *             "attemptId": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
                             *             "method": "card",
                             *             "upstreamId": "65f1c2a4b8d3e7f901234567",
                             *             "amount": 500000,
                             *             "currency": "UZS",
                             *             "takenAt": "2027-03-01T12:00:03.000Z",
                             *             "counted": true
                             *           }
                             *         ],
                             *         "decisions": [],
                             *         "refunds": []
                             *       }
                             *     ]
                             */
                            payments: components["schemas"]["Payment"][];
                            /**
                             * @description Whether there are more in the direction that was read.
                             * @example false
                             */
                            hasMore: boolean;
                        };
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        /** Create the payment of an order */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["CreatePaymentInput"];
                };
            };
            responses: {
                /** @description Done. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["CreatedPayment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One payment, with attempts and evidence */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a payment that nobody is paying */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ChangePaymentInput"];
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/v1/payments/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a payment that nobody is paying */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what became of the money of an attempt */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description What became of the money. Where the payment service can be read, it is asked first and its answer decides.
                         * @example paid
                         * @enum {string}
                         */
                        outcome: "paid" | "not_paid" | "returned";
                        /**
                         * @description The attempt that is decided about.
                         * @example att_0v2b6n1d4f7q4k19tz3m8c5xga
                         */
                        attemptId: string;
                        /**
                         * @description What was paid, in minor units, for `paid` and `returned`; 0 for `not_paid`.
                         * @example 500000
                         */
                        amount: number;
                        /**
                         * @description Currency of `amount`, ISO 4217; must be that of the payment.
                         * @example UZS
                         */
                        currency: string;
                        /**
                         * @description What paid, e.g. the wallet’s transaction number. Needed only where the attempt does not name it already.
                         * @example 65f1c2a4b8d3e7f901234567
                         */
                        upstreamId?: string;
                        /**
                         * @description Why, in your own words, 3 to 500 characters. It stays in the history of the payment.
                         * @example Payme’s cabinet shows it as paid
                         */
                        note: string;
                        /**
                         * @description The `version` of the payment that you have seen. If the payment has changed since, the answer is 409.
                         * @example 9
                         */
                        version: number;
                    };
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description Done. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept too little money as enough */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Why, in your own words, 3 to 500 characters. It stays in the history of the payment.
                         * @example Payme’s cabinet shows it as paid
                         */
                        note: string;
                        /**
                         * @description The `version` of the payment that you have seen. If the payment has changed since, the answer is 409.
                         * @example 9
                         */
                        version: number;
                    };
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description Done. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take back what was decided */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Why, in your own words, 3 to 500 characters. It stays in the history of the payment.
                         * @example Payme’s cabinet shows it as paid
                         */
                        note: string;
                        /**
                         * @description The `version` of the payment that you have seen. If the payment has changed since, the answer is 409.
                         * @example 9
                         */
                        version: number;
                    };
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description Done. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/dispose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what becomes of money that is not counted */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description The `upstreamId` of the evidence that is not counted.
                         * @example 65f1c2a4b8d3e7f901234567
                         */
                        upstreamId: string;
                        /**
                         * @description `counted`: it pays this payment. `moved`: it pays `toPaymentId`. `returned`: it was given back. `void`: there never was such money.
                         * @example moved
                         * @enum {string}
                         */
                        disposition: "counted" | "moved" | "returned" | "void";
                        /**
                         * @description With `moved`: a payment of the same merchant and currency. Otherwise absent.
                         * @example pay_2m8c5x0v7q4k19tz3b6n1d4fgh
                         */
                        toPaymentId?: string;
                        /**
                         * @description Why, in your own words, 3 to 500 characters. It stays in the history of the payment.
                         * @example Payme’s cabinet shows it as paid
                         */
                        note: string;
                        /**
                         * @description The `version` of the payment that you have seen. If the payment has changed since, the answer is 409.
                         * @example 9
                         */
                        version: number;
                    };
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description Done. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/recheck": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the payment services now what became of it */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never> | null;
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description Done. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/refund": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give the whole payment back, or record money returned by hand */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description Records money that somebody has returned already. Absent: the payment service returns the whole payment.
                         * @example {
                         *       "amount": 500000,
                         *       "currency": "UZS",
                         *       "note": "Payme’s cabinet shows it as paid"
                         *     }
                         */
                        byHand?: {
                            /**
                             * @description What was returned, in minor units, at most what was paid and not returned yet.
                             * @example 500000
                             */
                            amount: number;
                            /**
                             * @description Currency of `amount`, ISO 4217; must be that of the payment.
                             * @example UZS
                             */
                            currency: string;
                            /**
                             * @description The number of the transfer back. Absent: none is recorded.
                             * @example TR-20270301-17
                             */
                            reference?: string;
                            /**
                             * @description Why, in your own words, 3 to 500 characters. It stays in the history of the payment.
                             * @example Payme’s cabinet shows it as paid
                             */
                            note: string;
                        };
                        /**
                         * @description Why, 3 to 500 characters. Absent: nothing is recorded.
                         * @example The book was sold out
                         */
                        note?: string;
                        /**
                         * @description The `version` of the payment that you have seen. With `byHand` this or an Idempotency-Key is required.
                         * @example 9
                         */
                        version?: number;
                    } | null;
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description Done. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["DecidedPayment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pay-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a pay code */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description At least 128 random bits. The same key again is answered with the same codes for 24 hours, or until they are acknowledged.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GeneratePayCodeInput"];
                };
            };
            responses: {
                /** @description Done. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayCodeView"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pay-codes/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make many pay codes, at most 1,000 */
        post: {
            parameters: {
                query?: never;
                header: {
                    /**
                     * @description At least 128 random bits. The same key again is answered with the same codes for 24 hours, or until they are acknowledged.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["GeneratePayCodesInput"];
                };
            };
            responses: {
                /** @description Done. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayCodeBatch"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pay-codes/batches/{id}/acknowledge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The codes have arrived: what is kept of them, for whoever asks again with the same key, is erased */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The `batchId` of the codes, `bat_…`.
                     * @example bat_3m8c5x0v2b6n1d4f7q4k19tzga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never> | null;
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayCodeBatchState"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/pay-codes/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What became of a pay code */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["LookUpPayCodeInput"];
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayCodeState"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{label}/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cards that a customer saved, masked */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description Your id of the customer, as payments were created with it.
                     * @example customer-7
                     */
                    label: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description The saved cards, masked; empty without any.
                             * @example [
                             *       {
                             *         "id": "card_1d4f7q4k19tz3m8c5x0v2b6nga",
                             *         "number": "860006******6311"
                             *       }
                             *     ]
                             */
                            cards: components["schemas"]["SavedCard"][];
                        };
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{label}/cards/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a saved card, here and at Payme */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description Your id of the customer, as payments were created with it.
                     * @example customer-7
                     */
                    label: string;
                    /**
                     * @description The id of a saved card, `card_…`.
                     * @example card_1d4f7q4k19tz3m8c5x0v2b6nga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description The saved cards, masked; empty without any.
                             * @example [
                             *       {
                             *         "id": "card_1d4f7q4k19tz3m8c5x0v2b6nga",
                             *         "number": "860006******6311"
                             *       }
                             *     ]
                             */
                            cards: components["schemas"]["SavedCard"][];
                        };
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/send-receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the receipt of a payment by card to a phone, once */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * @description A phone of Uzbekistan, in any spelling. Absent: the phone that the payment was created with.
                         * @example +998 90 123-45-67
                         */
                        phone?: string;
                    } | null;
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/receipts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cashbox's receipts, newest first, card numbers masked; of a cashbox that merchants share, only those of this merchant's payments */
        get: {
            parameters: {
                query: {
                    /**
                     * @description Only receipts of this moment or later, ISO 8601.
                     * @example 2026-11-28T00:00:00Z
                     */
                    from: string | number;
                    /**
                     * @description Only receipts of this moment or earlier, ISO 8601.
                     * @example 2026-11-29T00:00:00Z
                     */
                    to: string | number;
                    /**
                     * @description How many to skip, counted from the newest.
                     * @example 0
                     */
                    offset?: number;
                    /**
                     * @description How many at most, 1 to 50; 50 by default.
                     * @example 50
                     */
                    count?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ReceiptList"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/fiscal-receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report the fiscal receipt of a payment by card (Uzbekistan) */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the payment, `pay_…`.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReportFiscalReceiptInput"];
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payment"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Webhooks, oldest first */
        get: {
            parameters: {
                query?: {
                    /**
                     * @description The id of a webhook, or `next` of the answer before: only later ones. Absent: from the first one.
                     * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                     */
                    after?: string;
                    /**
                     * @description The log of this endpoint; by default that of `main`.
                     * @example main
                     */
                    endpoint?: string;
                    /**
                     * @description Only webhooks of this type.
                     * @example payment.succeeded
                     */
                    type?: "payment.succeeded" | "payment.underpaid" | "payment.overpaid" | "payment.processing" | "payment.needs_review" | "payment.canceled" | "payment.expired" | "payment.refunded" | "payment.reversed" | "payment.updated" | "payment.attempt_refused" | "payment.refund_refused";
                    /**
                     * @description Only webhooks of this payment.
                     * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
                     */
                    paymentId?: string;
                    /**
                     * @description Only webhooks with this status.
                     * @example parked
                     */
                    status?: "pending" | "delivered" | "parked" | "filtered";
                    /**
                     * @description Only webhooks that were made at this moment or later, ISO 8601 with a time zone.
                     * @example 2027-03-01T12:00:03.000Z
                     */
                    createdFrom?: string;
                    /**
                     * @description Only webhooks that were made before this moment, ISO 8601 with a time zone.
                     * @example 2027-03-01T13:00:01.000Z
                     */
                    createdTo?: string;
                    /**
                     * @description How many at most, 1 to 100; 20 by default.
                     * @example 20
                     */
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookEventPage"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One webhook, with its body and deliveries */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The id of the webhook, `evt_…`.
                     * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookEventDetail"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a webhook again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path: {
                    /**
                     * @description The id of the webhook, `evt_…`.
                     * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": Record<string, never> | null;
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookEventDetail"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send all webhooks of a range of time again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /**
                     * @description The same key again has no second effect; the answer is what is true now.
                     * @example 5f0c7a52-3d1e-4b8a-9c66-2e7f1b0d94a3
                     */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["ReplayWebhooksInput"];
                };
            };
            responses: {
                /** @description Done. */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookReplay"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a replay of a range is */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /**
                     * @description The id of the replay, `rpl_…`.
                     * @example rpl_2b6n1d4f7q4k19tz3m8c5x0vga
                     */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookReplay"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test webhook now */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": components["schemas"]["SendTestWebhookInput"] | null;
                };
            };
            responses: {
                /** @description Done. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["WebhookTestResult"];
                    };
                };
                /** @description A problem (RFC 9457). */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["ProblemDetails"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    "payment.succeeded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** At least what was due has been paid, even after the payment was canceled or had expired (`paidLate`); once more if a refund of it was declined. */
        post: operations["payment.succeeded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.underpaid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Less than what was due has been paid; once more if more has come and it is still too little, or if a refund of it was declined. */
        post: operations["payment.underpaid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.overpaid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** More money has come for a payment that had succeeded or is being refunded. */
        post: operations["payment.overpaid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.processing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The outcome is not known at once, so the server keeps checking. */
        post: operations["payment.processing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.needs_review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Only a person can tell what became of the money; once more for money that comes meanwhile. */
        post: operations["payment.needs_review"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.canceled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It was canceled. Money may still come. */
        post: operations["payment.canceled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.expired": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Its time is over. Money may still come. */
        post: operations["payment.expired"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.refunded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The money of the payment has been returned. */
        post: operations["payment.refunded"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.reversed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The payment service has returned money without being asked by us. A person has to look. */
        post: operations["payment.reversed"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.updated": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** It changed and its status did not, e.g. by `PATCH /v1/payments/{id}`, because a part was returned by hand, or because your cash register reported a fiscal receipt. */
        post: operations["payment.updated"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.attempt_refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The customer tried to pay, and it was refused: `data.problem` says why, e.g. `code_used` or `card_declined`. Nothing was paid by it, and they may try again. Sent only if your settings name it. */
        post: operations["payment.attempt_refused"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "payment.refund_refused": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The payment service did not return the money of an attempt: `data.problem` is `refund_unsupported`. Sent only if your settings name it. */
        post: operations["payment.refund_refused"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** You have asked for it: `POST /v1/events/test`. */
        post: operations["test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        ChangePaymentInput: {
            /**
             * @description The `version` of the payment that you have seen. If the payment has changed since, the answer is 409.
             * @example 9
             */
            version: number;
            /**
             * @description What the order costs now, in minor units. Absent: as before.
             * @example 550000
             */
            amount?: number;
            /**
             * @description The lines of the fiscal receipt, whose sum is the amount. Required together with `amount` where the payment has items. Absent: as before.
             * @example [
             *       {
             *         "title": "The Patient Garden",
             *         "price": 500000,
             *         "count": 1,
             *         "code": "00702001001000001",
             *         "vatPercent": 12,
             *         "packageCode": "123456"
             *       }
             *     ]
             */
            items?: {
                /**
                 * @description What it is, 1 to 128 characters.
                 * @example The Patient Garden
                 */
                title: string;
                /**
                 * @description Price of one piece with VAT, in minor units.
                 * @example 500000
                 */
                price: number;
                /**
                 * @description How many pieces.
                 * @example 1
                 */
                count: number;
                /**
                 * @description MXIK, the code of the goods in the catalogue of the tax office of Uzbekistan.
                 * @example 00702001001000001
                 */
                code: string;
                /**
                 * @description The code of the unit of measure. Absent: none is sent.
                 * @example 241092
                 */
                units?: number;
                /**
                 * @description VAT contained in the price, in whole percent.
                 * @example 12
                 */
                vatPercent: number;
                /**
                 * @description The code of the packaging in the same catalogue.
                 * @example 123456
                 */
                packageCode: string;
            }[];
            /**
             * @description What is paid for, at most 256 characters; null removes it. Absent: as before.
             * @example The Patient Garden, and a bookmark
             */
            description?: string | null;
            /**
             * @description Where the customer goes when the payment is over, in place of all addresses of before. Absent: as before.
             * @example {
             *       "success": "https://shop.example/orders/10482"
             *     }
             */
            returnUrls?: components["schemas"]["ReturnUrlsInput"];
            /**
             * @description How many seconds the customer has from now, not less than what is left. Absent: as before.
             * @example 7200
             */
            expiresIn?: number;
            /**
             * @description Texts of your own by name, in place of all of before. Absent: as before.
             * @example {
             *       "warehouse": "south"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        ChooseWalletRequestInput: {
            /**
             * @description One of the wallets of `choose_wallet`.
             * @example wavepay
             */
            walletType: string;
            /**
             * @description True once the customer knows that a transfer or an earlier payment may still bring money, and pays anyway. Without it such a request is `payment_processing` with `field` `acknowledge`.
             * @example true
             */
            acknowledge?: boolean;
        };
        CreatePaymentInput: {
            /**
             * @description What the order costs, in minor units of `currency` by ISO 4217: 500000 is 5,000.00 UZS.
             * @example 500000
             */
            amount: number;
            /**
             * @description ISO 4217, in capitals.
             * @example UZS
             */
            currency: string;
            /**
             * @description Your id of the order, 1 to 190 characters. The same order, customer and money lead to the same payment, until that is canceled, expired or refunded.
             * @example 10482
             */
            orderId: string;
            /**
             * @description Your id of the customer, 1 to 190 characters. Saved cards and limits belong to it.
             * @example customer-7
             */
            label: string;
            /**
             * @description What is paid for, shown to the customer, at most 256 characters.
             * @example The Patient Garden
             */
            description?: string;
            /**
             * @description Which methods the customer is offered, in this order. Absent: all that you sell in this currency.
             * @example [
             *       "card",
             *       "pay_code"
             *     ]
             */
            methods?: ("pay_code" | "wallet" | "card")[];
            /**
             * @description The one wallet to pay by, by its name at Paykassma. Absent: the customer chooses.
             * @example wavepay
             */
            walletType?: string;
            /**
             * @description The customer's language, BCP 47 (`ru-RU`) or as systems write it (`ru_RU.UTF-8`). What is neither counts as absent. Absent: the page's or the browser's.
             * @example uz-UZ
             */
            locale?: string;
            /**
             * @description The customer's phone, in any spelling. What is no phone counts as absent. Absent: the customer is asked where it is needed.
             * @example +998 90 123-45-67
             */
            phone?: string;
            /**
             * @description The lines of the fiscal receipt, 1 to 100, whose sum is `amount`. Absent: no fiscal data is sent.
             * @example [
             *       {
             *         "title": "The Patient Garden",
             *         "price": 500000,
             *         "count": 1,
             *         "code": "00702001001000001",
             *         "vatPercent": 12,
             *         "packageCode": "123456"
             *       }
             *     ]
             */
            items?: {
                /**
                 * @description What it is, 1 to 128 characters.
                 * @example The Patient Garden
                 */
                title: string;
                /**
                 * @description Price of one piece with VAT, in minor units.
                 * @example 500000
                 */
                price: number;
                /**
                 * @description How many pieces.
                 * @example 1
                 */
                count: number;
                /**
                 * @description MXIK, the code of the goods in the catalogue of the tax office of Uzbekistan.
                 * @example 00702001001000001
                 */
                code: string;
                /**
                 * @description The code of the unit of measure. Absent: none is sent.
                 * @example 241092
                 */
                units?: number;
                /**
                 * @description VAT contained in the price, in whole percent.
                 * @example 12
                 */
                vatPercent: number;
                /**
                 * @description The code of the packaging in the same catalogue.
                 * @example 123456
                 */
                packageCode: string;
            }[];
            /**
             * @description Where the customer goes when the payment is over. Absent: they stay on the page.
             * @example {
             *       "success": "https://shop.example/orders/10482"
             *     }
             */
            returnUrls?: components["schemas"]["ReturnUrlsInput"];
            /**
             * @description How many seconds the customer has, a minute to a week. Absent: one hour.
             * @example 3600
             */
            expiresIn?: number;
            /**
             * @description Texts of your own by name (at most 40 and 500 characters), which answers and webhooks return.
             * @example {
             *       "warehouse": "north"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        GeneratePayCodeInput: {
            /**
             * @description The rule of PayCodes that codes are made by: one of those that the merchants file lists.
             * @example books-25
             */
            rule: string;
            /**
             * @description The first day of the code, `YYYY-MM-DD`, in PayCodes' time zone. Absent: at once.
             * @example 2027-03-01
             */
            validFrom?: string;
            /**
             * @description The last day of the code, `YYYY-MM-DD`, in PayCodes' time zone. Absent: as the rule says.
             * @example 2027-06-30
             */
            validTo?: string;
        };
        GeneratePayCodesInput: {
            /**
             * @description The rule of PayCodes that codes are made by: one of those that the merchants file lists.
             * @example books-25
             */
            rule: string;
            /**
             * @description How many codes, 1 to 1,000.
             * @example 100
             */
            count: number;
            /**
             * @description The first day of the code, `YYYY-MM-DD`, in PayCodes' time zone. Absent: at once.
             * @example 2027-03-01
             */
            validFrom?: string;
            /**
             * @description The last day of the code, `YYYY-MM-DD`, in PayCodes' time zone. Absent: as the rule says.
             * @example 2027-06-30
             */
            validTo?: string;
        };
        LookUpPayCodeInput: {
            /**
             * @description The rule of PayCodes that codes are made by: one of those that the merchants file lists.
             * @example books-25
             */
            rule: string;
            /**
             * @description The pay code, without spaces.
             * @example 7K2M9QXA
             */
            code: string;
        };
        OpenLinkInput: {
            /**
             * @description The query of a signed link exactly as in the address, without the `?`.
             * @example merchant=nova-books&label=customer-7&currency_code=UZS&fixed_amount=5000&custom_transaction_id=10482&exp=1803906000&kid=1&signature=Qm9va3M
             */
            query: string;
        };
        ReplayWebhooksInput: {
            /**
             * Format: date-time
             * @description Send again what was made at this moment or later, ISO 8601 with a time zone.
             * @example 2027-03-01T12:00:03.000Z
             */
            from: string;
            /**
             * Format: date-time
             * @description … and before this moment.
             * @example 2027-03-01T13:00:01.000Z
             */
            to: string;
            /**
             * @description To this endpoint and no other; by default to `main`.
             * @example main
             */
            endpoint?: string;
        };
        ReportFiscalReceiptInput: {
            /**
             * @description Which receipt it is. `sale`: the payment is shown with it, and Payme is told. `refund`: of money that was returned; Payme cannot be told of it.
             * @example sale
             * @enum {string}
             */
            kind: "sale" | "refund";
            /**
             * @description Its number in your cash register.
             * @example 121
             */
            receiptId: number;
            /**
             * @description The tax office's page about it, as its QR code has it: https, at most 300 characters. The customer is shown the code and a link.
             * @example https://ofd.soliq.uz/check?t=EP000000000025&r=121&c=20270301120512&s=800031554082
             */
            qrUrl: string;
            /**
             * @description Its fiscal sign, 1 to 32 digits. Absent: Payme is sent none.
             * @example 800031554082
             */
            fiscalSign?: string;
            /**
             * @description The number of the fiscal module, 1 to 32 letters and digits. Absent: Payme is sent none.
             * @example EP000000000025
             */
            terminalId?: string;
            /**
             * Format: date-time
             * @description When the register made it, ISO 8601 with a time zone. Absent: Payme is sent none.
             * @example 2027-03-01T12:00:03.000Z
             */
            issuedAt?: string;
        };
        ReturnUrlsInput: {
            /**
             * Format: uri
             * @description Where the customer goes once the payment has succeeded: an absolute http(s) address on an origin that the merchants file allows. Absent: they stay on the page.
             * @example https://shop.example/orders/10482
             */
            success?: string;
            /**
             * Format: uri
             * @description The same where the payment has ended without money.
             * @example https://shop.example/orders/10482/failed
             */
            fail?: string;
            /**
             * Format: uri
             * @description The same where the outcome is not known yet.
             * @example https://shop.example/orders/10482/pending
             */
            pending?: string;
        };
        SendTestWebhookInput: {
            /**
             * @description The endpoint that is tried; by default `main`.
             * @example main
             */
            endpoint?: string;
        };
        SubmitCardInput: {
            /**
             * @description The card's number as typed, with or without spaces, in digits of any script. It is not stored.
             * @example 8600 0691 9540 6311
             */
            number: string;
            /**
             * @description Month and year, `MM/YY`, with or without a separator. It is not stored.
             * @example 03/99
             */
            expire: string;
            /**
             * @description Whether the customer wants the card saved with this merchant; false by default.
             * @example false
             */
            save?: boolean;
            /**
             * @description The payer's phone in Uzbekistan, in any spelling; needed where the view has `askPhone`.
             * @example +998 90 123-45-67
             */
            phone?: string;
            /**
             * @description True once the customer knows that a transfer or an earlier payment may still bring money, and pays anyway. Without it such a request is `payment_processing` with `field` `acknowledge`.
             * @example true
             */
            acknowledge?: boolean;
            /**
             * @description What the customer saw that they pay: `due` and `currency` of the view. If another sum is due by now, nothing is charged, and the answer is `payment_changed`. Absent: not compared.
             * @example {
             *       "due": 500000,
             *       "currency": "UZS"
             *     }
             */
            seen?: {
                /**
                 * @description Minor units of `currency`.
                 * @example 500000
                 */
                due: number;
                /**
                 * @description ISO 4217.
                 * @example UZS
                 */
                currency: string;
            };
        };
        SubmitCardCodeInput: {
            /**
             * @description The code of the SMS, or the whole SMS.
             * @example 666666
             */
            code: string;
        };
        SubmitCardTokenInput: {
            /**
             * @description The token of a card that the frame has confirmed at Payme itself.
             * @example 630e5ee41f3a4b2d9c7e8a50_Xv3rNpQ7
             */
            token: string;
            /**
             * @description Whether the customer wants the card saved with this merchant; false by default.
             * @example false
             */
            save?: boolean;
            /**
             * @description The payer's phone in Uzbekistan, in any spelling; needed where the view has `askPhone`.
             * @example +998 90 123-45-67
             */
            phone?: string;
            /**
             * @description True once the customer knows that a transfer or an earlier payment may still bring money, and pays anyway. Without it such a request is `payment_processing` with `field` `acknowledge`.
             * @example true
             */
            acknowledge?: boolean;
            /**
             * @description What the customer saw that they pay: `due` and `currency` of the view. If another sum is due by now, nothing is charged, and the answer is `payment_changed`. Absent: not compared.
             * @example {
             *       "due": 500000,
             *       "currency": "UZS"
             *     }
             */
            seen?: {
                /**
                 * @description Minor units of `currency`.
                 * @example 500000
                 */
                due: number;
                /**
                 * @description ISO 4217.
                 * @example UZS
                 */
                currency: string;
            };
        };
        SubmitPayCodeInput: {
            /**
             * @description The pay code as typed, or the whole SMS that it came in. Spaces, case and look-alikes are read as meant.
             * @example 7K2M-9QXA
             */
            code: string;
            /**
             * @description True once the customer has agreed to lose what the code is worth beyond what is due.
             * @example false
             */
            acceptExcess?: boolean;
            /**
             * @description True once the customer knows that a transfer or an earlier payment may still bring money, and pays anyway. Without it such a request is `payment_processing` with `field` `acknowledge`.
             * @example true
             */
            acknowledge?: boolean;
            /**
             * @description What the customer saw that they pay: `due` and `currency` of the view. If another sum is due by now, nothing is charged, and the answer is `payment_changed`. Absent: not compared.
             * @example {
             *       "due": 500000,
             *       "currency": "UZS"
             *     }
             */
            seen?: {
                /**
                 * @description Minor units of `currency`.
                 * @example 500000
                 */
                due: number;
                /**
                 * @description ISO 4217.
                 * @example UZS
                 */
                currency: string;
            };
        };
        SubmitSavedCardInput: {
            /**
             * @description The id of one of the `saved` cards of the view.
             * @example card_1d4f7q4k19tz3m8c5x0v2b6nga
             */
            cardId: string;
            /**
             * @description The payer's phone in Uzbekistan, in any spelling; needed where the view has `askPhone`.
             * @example +998 90 123-45-67
             */
            phone?: string;
            /**
             * @description True once the customer knows that a transfer or an earlier payment may still bring money, and pays anyway. Without it such a request is `payment_processing` with `field` `acknowledge`.
             * @example true
             */
            acknowledge?: boolean;
            /**
             * @description What the customer saw that they pay: `due` and `currency` of the view. If another sum is due by now, nothing is charged, and the answer is `payment_changed`. Absent: not compared.
             * @example {
             *       "due": 500000,
             *       "currency": "UZS"
             *     }
             */
            seen?: {
                /**
                 * @description Minor units of `currency`.
                 * @example 500000
                 */
                due: number;
                /**
                 * @description ISO 4217.
                 * @example UZS
                 */
                currency: string;
            };
        };
        SubmitTransferInput: {
            /**
             * @description The transaction number as typed, or the whole SMS that it came in.
             * @example 01234567890123456789
             */
            transactionNumber: string;
        };
        AttemptView: {
            /**
             * @description Its id, `att_…`.
             * @example att_0v2b6n1d4f7q4k19tz3m8c5xga
             */
            id: string;
            /**
             * @description How the customer pays in this attempt.
             * @example card
             * @enum {string}
             */
            method: "pay_code" | "wallet" | "card";
            /**
             * @description Where it stands. `unconfirmed`: the wallet does not know the transfer yet, and a message of the payment service will report it. `refunding`, `refunded`: it paid, and the money is on its way back, or is back.
             * @example paid
             * @enum {string}
             */
            status: "awaiting_customer" | "processing" | "paid" | "declined" | "unconfirmed" | "abandoned" | "needs_review" | "refunding" | "refunded";
            /**
             * @description When it began, ISO 8601.
             * @example 2027-03-01T12:00:02.000Z
             */
            startedAt: string;
            /**
             * @description When it ended, ISO 8601; null while it goes on.
             * @example 2027-03-01T12:00:03.000Z
             */
            endedAt: string | null;
            /**
             * @description The last characters of what the customer entered, to recognise it: four at most, and never more than half of it. Null before anything was entered.
             * @example 6311
             */
            lastCharacters: string | null;
            /**
             * @description What the customer entered, where it is no secret: the transaction number of a wallet. Null for cards and pay codes, and before it was entered.
             * @example null
             */
            submittedReference: string | null;
            /**
             * @description The account that the customer was shown to transfer to; null for other methods. After the end of the payment the customer's own view has no `requisites` in it.
             * @example null
             */
            transfer: components["schemas"]["Transfer"] | null;
        };
        Choose: {
            /**
             * @description Choose a method.
             * @example choose
             * @constant
             */
            kind: "choose";
            /**
             * @description The first action of each method, in the order of `methods`.
             * @example [
             *       {
             *         "kind": "enter_code"
             *       }
             *     ]
             */
            options: components["schemas"]["EntryAction"][];
        };
        ChooseWallet: {
            /**
             * @description Choose a wallet.
             * @example choose_wallet
             * @constant
             */
            kind: "choose_wallet";
            /**
             * @description The wallets that take transfers now; empty if none does.
             * @example [
             *       {
             *         "walletType": "wavepay",
             *         "name": "Wave Pay",
             *         "screenshot": false
             *       }
             *     ]
             */
            wallets: {
                /**
                 * @description Its name at Paykassma: what `POST /checkout/wallet` takes.
                 * @example wavepay
                 */
                walletType: string;
                /**
                 * @description Its own name.
                 * @example Wave Pay
                 */
                name: string;
                /**
                 * @description Whether a picture of the finished transfer will be required.
                 * @example false
                 */
                screenshot: boolean;
                /**
                 * @description The languages of its customers, which the checkout offers.
                 * @example [
                 *       "en",
                 *       "my"
                 *     ]
                 */
                languages?: string[];
            }[];
            /**
             * @description True if the merchant chose the only one. Otherwise absent.
             * @example true
             */
            fixed?: boolean;
        };
        Confirm: {
            /**
             * @description Paying now might pay twice, so the customer is asked first. To go on, send `acknowledge: true`.
             * @example confirm
             * @constant
             */
            kind: "confirm";
            /**
             * @description `second_payment`: a transfer that the customer submitted is still looked for. `earlier_payment`: money of an earlier payment of the same order has come or may still come.
             * @example second_payment
             * @enum {string}
             */
            reason: "second_payment" | "earlier_payment";
            /**
             * @description The first action of each method, in the order of `methods`.
             * @example [
             *       {
             *         "kind": "enter_code"
             *       }
             *     ]
             */
            options: components["schemas"]["EntryAction"][];
        };
        CreatedPayment: {
            /**
             * @description The payment as it is now. The same order again leads to the same payment.
             * @example {
             *       "id": "pay_7q4k19tz3m8c5x0v2b6n1d4fga",
             *       "reference": "PD-7Q4K-19TZ",
             *       "orderId": "10482",
             *       "label": "customer-7",
             *       "description": "The Patient Garden",
             *       "status": "succeeded",
             *       "version": 9,
             *       "test": false,
             *       "amount": 500000,
             *       "discount": 0,
             *       "discountCode": null,
             *       "due": 500000,
             *       "amountPaid": 500000,
             *       "amountRefunded": 0,
             *       "currency": "UZS",
             *       "paidLate": false,
             *       "methods": [
             *         "pay_code",
             *         "card"
             *       ],
             *       "method": "card",
             *       "createdAt": "2027-03-01T12:00:01.000Z",
             *       "expiresAt": "2027-03-01T13:00:01.000Z",
             *       "paidAt": "2027-03-01T12:00:03.000Z",
             *       "returnUrls": {
             *         "success": "https://shop.example/orders/10482"
             *       },
             *       "metadata": {
             *         "warehouse": "north"
             *       },
             *       "attempts": [
             *         {
             *           "id": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *           "method": "card",
             *           "status": "paid",
             *           "startedAt": "2027-03-01T12:00:02.000Z",
             *           "endedAt": "2027-03-01T12:00:03.000Z",
             *           "lastCharacters": "6311",
             *           "submittedReference": null,
             *           "transfer": null
             *         }
             *       ],
             *       "evidence": [
             *         {
             *           "attemptId": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *           "method": "card",
             *           "upstreamId": "65f1c2a4b8d3e7f901234567",
             *           "amount": 500000,
             *           "currency": "UZS",
             *           "takenAt": "2027-03-01T12:00:03.000Z",
             *           "counted": true
             *         }
             *       ],
             *       "decisions": [],
             *       "refunds": []
             *     }
             */
            payment: components["schemas"]["Payment"];
            /**
             * @description Opens this one payment in a browser, and nothing else. Each answer has a new one; earlier ones stay valid, 20 at most.
             * @example cs_Zk3JtY0m1vQ8xR5nB2wL7sD4fG6hP9aCeUiO0pKjMxE
             */
            clientSecret: string;
            /**
             * @description The address of the whole checkout as a page, with the client secret behind `#`: for a link, a frame or `PayDesk.open()`.
             * @example https://pay.example/plugin/?merchant=nova-books#cs_Zk3JtY0m1vQ8xR5nB2wL7sD4fG6hP9aCeUiO0pKjMxE
             */
            pluginUrl: string;
        };
        DecisionView: {
            /**
             * @description Its id, `dec_…`.
             * @example dec_6n1d4f7q4k19tz3m8c5x0v2bga
             */
            id: string;
            /**
             * @description The attempt that was decided about; null where the decision is about the whole payment.
             * @example att_0v2b6n1d4f7q4k19tz3m8c5xga
             */
            attemptId: string | null;
            /**
             * @description What the person said: it was paid, it was not, the money was returned, or too little was accepted as enough.
             * @example paid
             * @enum {string}
             */
            outcome: "paid" | "not_paid" | "returned" | "accepted";
            /**
             * @description The money that the decision is about, in minor units of `currency`; 0 for `not_paid`.
             * @example 500000
             */
            amount: number;
            /**
             * @description Currency of `amount`, ISO 4217.
             * @example UZS
             */
            currency: string;
            /**
             * @description What paid, as the person named it; null where none was named.
             * @example 65f1c2a4b8d3e7f901234567
             */
            upstreamId: string | null;
            /**
             * @description Who decided: `operator:<name>` or `merchant:<id>`.
             * @example operator:aziza
             */
            decidedBy: string;
            /**
             * @description Why, in their own words.
             * @example Payme’s cabinet shows the receipt as paid
             */
            note: string;
            /**
             * @description When, ISO 8601.
             * @example 2027-03-01T12:05:00.000Z
             */
            decidedAt: string;
            /**
             * @description Since then the proof of the payment service counts instead, ISO 8601; null while the decision counts.
             * @example null
             */
            supersededAt: string | null;
        };
        EnterCard: {
            /**
             * @description Enter a card, or choose a saved one.
             * @example enter_card
             * @constant
             */
            kind: "enter_card";
            /**
             * @description The cards that this customer saved with this merchant; empty without any.
             * @example [
             *       {
             *         "id": "card_1d4f7q4k19tz3m8c5x0v2b6nga",
             *         "number": "860006******6311"
             *       }
             *     ]
             */
            saved: components["schemas"]["SavedCard"][];
            /**
             * @description On a page of another origin the form is a frame from this absolute address, so that a card number is never part of that page.
             * @example https://pay.example/frame/card/?merchant=nova-books
             */
            frameUrl: string;
            /**
             * @description Payme's public offer, which the form links to; absent where the merchants file has none.
             * @example https://payme.uz/offer
             */
            offerUrl?: string;
            /**
             * @description Whether the form must ask for the payer's phone, because Payme requires it and it is not known.
             * @example false
             */
            askPhone: boolean;
            /**
             * @description Whether the customer may have the card saved.
             * @example true
             */
            canSave: boolean;
            /**
             * @description Whether a saved card is confirmed by SMS like a new one; otherwise one click pays.
             * @example false
             */
            confirmSaved: boolean;
            /**
             * @description Present where the frame calls Payme itself; absent where the card goes through this server.
             * @example {
             *       "url": "https://checkout.paycom.uz/api",
             *       "cashboxId": "5e730e8e0b852a417aa49ceb"
             *     }
             */
            direct?: {
                /**
                 * @description The address of Payme's interface.
                 * @example https://checkout.paycom.uz/api
                 */
                url: string;
                /**
                 * @description The id of the cashbox at Payme, which is public.
                 * @example 5e730e8e0b852a417aa49ceb
                 */
                cashboxId: string;
            };
        };
        EnterCardCode: {
            /**
             * @description Enter the code of the SMS that Payme sent.
             * @example enter_card_code
             * @constant
             */
            kind: "enter_card_code";
            /**
             * @description The card's number, masked.
             * @example 860006******6311
             */
            card: string;
            /**
             * @description The phone that the SMS went to, masked by Payme; null where its answer was lost.
             * @example 99890*****66
             */
            phone: string | null;
            /**
             * @description From when on another SMS can be requested, ISO 8601; null where no more are sent.
             * @example 2027-03-01T12:05:00.000Z
             */
            resendAt: string | null;
            /**
             * @description How many tries are left for this code.
             * @example 3
             */
            attemptsLeft: number;
            /**
             * @description True if more than one code was sent, so that only the last one counts. `maybe`: whether the last one was sent is not known.
             * @example false
             */
            resent: boolean | "maybe";
        };
        EnterCode: {
            /**
             * @description Enter a pay code.
             * @example enter_code
             * @constant
             */
            kind: "enter_code";
            /**
             * @description The signs that a code consists of; absent where the rules of the merchant do not make them certain.
             * @example 0123456789ABCDEFGHJKLMNPQRSTUVWXYZ
             */
            alphabet?: string;
            /**
             * @description How many signs a code has; absent where the rules of the merchant do not make it certain.
             * @example 8
             */
            length?: number;
            /**
             * @description True if a code can be bought by SMS: it comes back and is entered here. Otherwise absent.
             * @example true
             */
            canBuyBySms?: boolean;
            /**
             * @description True if the customer can pay by sending an SMS instead of entering a code. Otherwise absent.
             * @example true
             */
            canPayBySms?: boolean;
            /**
             * @description True if a code worth more than is due pays too, once the customer agrees to lose the rest: `acceptExcess: true`. Otherwise absent.
             * @example true
             * @constant
             */
            excessConsent?: true;
        };
        EntryAction: components["schemas"]["EnterCode"] | components["schemas"]["ChooseWallet"] | components["schemas"]["EnterCard"];
        EvidenceView: {
            /**
             * @description The attempt that paid; null if a discount code covers the whole amount, so that `amount` is 0.
             * @example att_0v2b6n1d4f7q4k19tz3m8c5xga
             */
            attemptId: string | null;
            /**
             * @description How it was paid.
             * @example card
             * @enum {string}
             */
            method: "pay_code" | "wallet" | "card";
            /**
             * @description The payment service's own id of the transaction: Payme's receipt, the wallet's transaction number, or PayCodes' use of the code.
             * @example 65f1c2a4b8d3e7f901234567
             */
            upstreamId: string;
            /**
             * @description What the payment service took, in minor units of `currency`.
             * @example 500000
             */
            amount: number;
            /**
             * @description Currency of `amount`, ISO 4217.
             * @example UZS
             */
            currency: string;
            /**
             * @description When the payment service took the money, ISO 8601.
             * @example 2027-03-01T12:00:03.000Z
             */
            takenAt: string;
            /**
             * @description False where a person must decide whether it pays this payment; until then it is in no sum.
             * @example true
             */
            counted: boolean;
            /**
             * @description What a person decided about money that was not counted; absent if nobody has decided.
             * @example moved
             * @enum {string}
             */
            disposition?: "counted" | "void" | "moved" | "returned";
            /**
             * @description With `disposition` `moved`: the payment that it pays instead. Otherwise absent.
             * @example pay_2m8c5x0v7q4k19tz3b6n1d4fgh
             */
            movedTo?: string;
            /**
             * @description Who named this money, as long as the payment service has not: `shop` after a restore, `operator` for a postback whose amount is not signed. Otherwise absent.
             * @example shop
             * @enum {string}
             */
            reportedBy?: "shop" | "operator";
        };
        FiscalReceipt: {
            /**
             * @description Whether it is the receipt of the sale or of its return.
             * @example sale
             * @enum {string}
             */
            kind: "sale" | "refund";
            /**
             * @description Its number in the cash register.
             * @example 121
             */
            receiptId: number;
            /**
             * @description The tax office's page about it, which its QR code leads to.
             * @example https://ofd.soliq.uz/check?t=EP000000000025&r=121&c=20270301120512&s=800031554082
             */
            qrUrl: string;
            /**
             * @description Its fiscal sign; null where none was reported.
             * @example 800031554082
             */
            fiscalSign: string | null;
            /**
             * @description The number of the fiscal module; null where none was reported.
             * @example EP000000000025
             */
            terminalId: string | null;
            /**
             * @description When the register made it, ISO 8601; null where that was not reported.
             * @example 2027-03-01T12:00:03.000Z
             */
            issuedAt: string | null;
            /**
             * @description When it was reported to Pay Desk, ISO 8601.
             * @example 2027-03-01T12:00:03.000Z
             */
            reportedAt: string;
            /**
             * @description When Payme took it, ISO 8601. Null while it has not (report it again), and for a refund, of which Payme cannot be told.
             * @example 2027-03-01T12:00:03.000Z
             */
            takenByPaymeAt: string | null;
        };
        NextAction: components["schemas"]["Choose"] | components["schemas"]["Confirm"] | components["schemas"]["EnterCode"] | components["schemas"]["ChooseWallet"] | components["schemas"]["Transfer"] | components["schemas"]["SendSms"] | components["schemas"]["EnterCard"] | components["schemas"]["EnterCardCode"] | components["schemas"]["Wait"] | components["schemas"]["Nothing"];
        Nothing: {
            /**
             * @description Nothing to do.
             * @example none
             * @constant
             */
            kind: "none";
        };
        OpenedLink: {
            /**
             * @description Opens the one payment of the link.
             * @example cs_Zk3JtY0m1vQ8xR5nB2wL7sD4fG6hP9aCeUiO0pKjMxE
             */
            clientSecret: string;
        };
        PayCodeBatch: {
            /**
             * @description Acknowledge it (`POST /v1/pay-codes/batches/{id}/acknowledge`) once the codes are stored.
             * @example bat_3m8c5x0v2b6n1d4f7q4k19tzga
             */
            batchId: string;
            /**
             * @description The rule of PayCodes that codes are made by: one of those that the merchants file lists.
             * @example books-25
             */
            rule: string;
            /**
             * @description The pay codes, all different; fewer than requested where PayCodes made fewer.
             * @example [
             *       "7K2M9QXA",
             *       "3HT8WZ4C"
             *     ]
             */
            codes: string[];
        };
        PayCodeBatchState: {
            /**
             * @description Its id, `bat_…`.
             * @example bat_3m8c5x0v2b6n1d4f7q4k19tzga
             */
            id: string;
            /**
             * @description The rule of PayCodes that codes are made by: one of those that the merchants file lists.
             * @example books-25
             */
            rule: string;
            /**
             * @description `made`: the codes were made. `running`: PayCodes has not answered yet. `unknown`: its answer was lost; PayCodes has the codes, if it made them, under the creator `pw:<id>`.
             * @example made
             * @enum {string}
             */
            status: "running" | "made" | "unknown";
            /**
             * @description How many codes were made, or asked for as long as that is not known.
             * @example 100
             */
            count: number;
            /**
             * @description Whether the Idempotency-Key still returns the codes.
             * @example false
             */
            kept: boolean;
            /**
             * @description When they were requested, ISO 8601.
             * @example 2027-03-01T12:00:01.000Z
             */
            createdAt: string;
        };
        PayCodeState: {
            /**
             * @description The rule of PayCodes that codes are made by: one of those that the merchants file lists.
             * @example books-25
             */
            rule: string;
            /**
             * @description Whether the code can pay, and if not, why.
             * @example used
             * @enum {string}
             */
            state: "usable" | "used" | "expired" | "not_yet_valid" | "inactive" | "rule_inactive" | "not_found";
            /**
             * @description What the code is worth, in minor units; null where PayCodes gives none, or none in whole minor units.
             * @example 2500
             */
            price: number | null;
            /**
             * @description Currency of `price`, ISO 4217.
             * @example PLN
             */
            currency: string;
            /**
             * @description From when on it is valid, ISO 8601; null where that is not limited.
             * @example 2027-02-28T23:00:00.000Z
             */
            validFrom: string | null;
            /**
             * @description Until when it is valid, ISO 8601; null where that is not limited.
             * @example 2027-06-30T21:59:59.000Z
             */
            validTo: string | null;
            /**
             * @description When it was used, ISO 8601; null if it was not.
             * @example 2027-03-01T12:00:03.000Z
             */
            usedAt: string | null;
            /**
             * @description Who used it, by PayCodes' answer: `pw:` and the attempt for ours; null if it was not used.
             * @example pw:att_0v2b6n1d4f7q4k19tz3m8c5xga
             */
            client: string | null;
        };
        PayCodeView: {
            /**
             * @description Acknowledge it (`POST /v1/pay-codes/batches/{id}/acknowledge`) once the codes are stored.
             * @example bat_3m8c5x0v2b6n1d4f7q4k19tzga
             */
            batchId: string;
            /**
             * @description The rule of PayCodes that codes are made by: one of those that the merchants file lists.
             * @example books-25
             */
            rule: string;
            /**
             * @description The pay code. It is money: the same Idempotency-Key returns it for 24 hours, or until it is acknowledged.
             * @example 7K2M9QXA
             */
            code: string;
            /**
             * @description What the code is worth, in minor units; null where PayCodes gives none, or none in whole minor units.
             * @example 2500
             */
            price: number | null;
            /**
             * @description Currency of `price`, ISO 4217.
             * @example PLN
             */
            currency: string;
        };
        Payment: {
            /**
             * @description Its id, `pay_…`. It never changes.
             * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
             */
            id: string;
            /**
             * @description A short name of the payment that a customer can read out to support: the first eight characters of its id.
             * @example PD-7Q4K-19TZ
             */
            reference: string;
            /**
             * @description The merchant's id of the order.
             * @example 10482
             */
            orderId: string;
            /**
             * @description The merchant's id of the customer.
             * @example customer-7
             */
            label: string;
            /**
             * @description What is paid for, shown to the customer; null where the merchant gave none.
             * @example The Patient Garden
             */
            description: string | null;
            /**
             * @description Where the payment stands. `open`: nobody is paying. `awaiting_customer`: an attempt waits for the customer. `processing`: an attempt is being checked. `needs_review`: only a person can tell what became of the money. `succeeded`: at least what was due is paid. `underpaid`: less than that. `refunding`, `refunded`: the money is on its way back, or is back. `canceled`, `expired`: it is over.
             * @example succeeded
             * @enum {string}
             */
            status: "open" | "awaiting_customer" | "processing" | "needs_review" | "succeeded" | "underpaid" | "refunding" | "refunded" | "canceled" | "expired";
            /**
             * @description Grows by one with every change. Whoever decides about the payment sends the version that they have seen.
             * @example 9
             */
            version: number;
            /**
             * @description True where no real money moves.
             * @example false
             */
            test: boolean;
            /**
             * @description What the order costs, in minor units of `currency`, before any discount.
             * @example 500000
             */
            amount: number;
            /**
             * @description What a discount code takes off, in minor units; 0 without one.
             * @example 0
             */
            discount: number;
            /**
             * @description The discount: whether its code is redeemed, and its last characters. Null without a discount.
             * @example null
             */
            discountCode: {
                /**
                 * @description `reserved`: its code is redeemed just before the rest is charged. `unknown`: redeeming it was requested and the answer is not known. `redeemed`: it is used up, and what it takes off stays off.
                 * @example reserved
                 * @enum {string}
                 */
                status: "reserved" | "unknown" | "redeemed";
                /**
                 * @description The last characters of its code, never the code itself; null where they are not kept.
                 * @example 7K2M
                 */
                lastCharacters: string | null;
            } | null;
            /**
             * @description What has to be paid, in minor units: `amount` less `discount`.
             * @example 500000
             */
            due: number;
            /**
             * @description What was paid so far, in minor units, by the evidence that counts.
             * @example 500000
             */
            amountPaid: number;
            /**
             * @description What was returned of it, in minor units.
             * @example 0
             */
            amountRefunded: number;
            /**
             * @description What a person has accepted as enough although more was due, in minor units; absent if nobody has.
             * @example 490000
             */
            acceptedAmount?: number;
            /**
             * @description Who decided about the money last, or returned some: `operator:<name>` or `merchant:<id>`; absent if nobody has.
             * @example operator:aziza
             */
            decidedBy?: string;
            /**
             * @description Currency of all amounts, ISO 4217.
             * @example UZS
             */
            currency: string;
            /**
             * @description True if the money came after the payment had been canceled or had expired.
             * @example false
             */
            paidLate: boolean;
            /**
             * @description The order was paid twice: the id of the payment that had paid it before money came for this one. Otherwise absent.
             * @example pay_2m8c5x0v7q4k19tz3b6n1d4fgh
             */
            orderAlreadyPaidBy?: string;
            /**
             * @description How it can be paid, in the order in which the customer is offered them.
             * @example [
             *       "pay_code",
             *       "card"
             *     ]
             */
            methods: ("pay_code" | "wallet" | "card")[];
            /**
             * @description The method of the evidence that paid it; null before it is paid.
             * @example card
             */
            method: ("pay_code" | "wallet" | "card") | null;
            /**
             * @description When it was created, ISO 8601.
             * @example 2027-03-01T12:00:01.000Z
             */
            createdAt: string;
            /**
             * @description When the time to pay is over, ISO 8601.
             * @example 2027-03-01T13:00:01.000Z
             */
            expiresAt: string;
            /**
             * @description When the payment succeeded, ISO 8601; null if it has not.
             * @example 2027-03-01T12:00:03.000Z
             */
            paidAt: string | null;
            /**
             * @description Where the customer goes when the payment is over; empty where the merchant gave none.
             * @example {
             *       "success": "https://shop.example/orders/10482"
             *     }
             */
            returnUrls: components["schemas"]["ReturnUrls"];
            /**
             * @description What the merchant stored with it: texts by name; empty without any.
             * @example {
             *       "warehouse": "north"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * @description All attempts to pay, oldest first.
             * @example [
             *       {
             *         "id": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *         "method": "card",
             *         "status": "paid",
             *         "startedAt": "2027-03-01T12:00:02.000Z",
             *         "endedAt": "2027-03-01T12:00:03.000Z",
             *         "lastCharacters": "6311",
             *         "submittedReference": null,
             *         "transfer": null
             *       }
             *     ]
             */
            attempts: components["schemas"]["AttemptView"][];
            /**
             * @description What the payment services say was paid, oldest first. Sums are made of this.
             * @example [
             *       {
             *         "attemptId": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *         "method": "card",
             *         "upstreamId": "65f1c2a4b8d3e7f901234567",
             *         "amount": 500000,
             *         "currency": "UZS",
             *         "takenAt": "2027-03-01T12:00:03.000Z",
             *         "counted": true
             *       }
             *     ]
             */
            evidence: components["schemas"]["EvidenceView"][];
            /**
             * @description What people decided about the money, oldest first.
             * @example []
             */
            decisions: components["schemas"]["DecisionView"][];
            /**
             * @description Money that went back or is on its way, oldest first.
             * @example []
             */
            refunds: components["schemas"]["RefundView"][];
            /**
             * @description What your own cash register has reported by `POST /v1/payments/{id}/fiscal-receipt`, the sale before the refund; absent if it has reported none.
             * @example [
             *       {
             *         "kind": "sale",
             *         "receiptId": 121,
             *         "qrUrl": "https://ofd.soliq.uz/check?t=EP000000000025&r=121&c=20270301120512&s=800031554082",
             *         "fiscalSign": "800031554082",
             *         "terminalId": "EP000000000025",
             *         "issuedAt": "2027-03-01T12:00:03.000Z",
             *         "reportedAt": "2027-03-01T12:00:03.000Z",
             *         "takenByPaymeAt": "2027-03-01T12:00:03.000Z"
             *       }
             *     ]
             */
            fiscalReceipts?: components["schemas"]["FiscalReceipt"][];
        };
        PaymentView: {
            /**
             * @description Its id, `pay_…`. It never changes.
             * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
             */
            id: string;
            /**
             * @description A short name of the payment that a customer can read out to support: the first eight characters of its id.
             * @example PD-7Q4K-19TZ
             */
            reference: string;
            /**
             * @description The merchant's id of the order.
             * @example 10482
             */
            orderId: string;
            /**
             * @description The id of the merchant in the merchants file. A plugin window shows only payments of the merchant in its own address.
             * @example nova-books
             */
            merchantId: string;
            /**
             * @description The name of the merchant, as the customer knows it.
             * @example Nova Books
             */
            merchantName: string;
            /**
             * @description The address of a picture to show beside the name; absent if the merchant has none. It may not load: then the name has to do.
             * @example https://nova-books.example/logo.svg
             */
            merchantLogoUrl?: string;
            /**
             * @description Pictures of the brands that the customer pays with, as addresses or data URLs: by `payme`, `uzcard`, `humo`, or the type of a wallet. Absent if the merchant has none. One may not load: then the checkout draws a sign of its own.
             * @example {
             *       "payme": "https://nova-books.example/brands/payme.svg"
             *     }
             */
            brands?: {
                [key: string]: string;
            };
            /**
             * @description What is paid for, shown to the customer; null where the merchant gave none.
             * @example The Patient Garden
             */
            description: string | null;
            /**
             * @description The language that the merchant's server named for the customer, BCP 47; absent if it named none. What the page itself chooses counts more.
             * @example uz
             */
            locale?: string;
            /**
             * @description True where no real money moves.
             * @example false
             */
            test: boolean;
            /**
             * @description Where the payment stands. `open`: nobody is paying. `awaiting_customer`: an attempt waits for the customer. `processing`: an attempt is being checked. `needs_review`: only a person can tell what became of the money. `succeeded`: at least what was due is paid. `underpaid`: less than that. `refunding`, `refunded`: the money is on its way back, or is back. `canceled`, `expired`: it is over.
             * @example succeeded
             * @enum {string}
             */
            status: "open" | "awaiting_customer" | "processing" | "needs_review" | "succeeded" | "underpaid" | "refunding" | "refunded" | "canceled" | "expired";
            /**
             * @description Grows by one with every change. `GET /checkout?since=` compares it.
             * @example 9
             */
            version: number;
            /**
             * @description The server's clock, ISO 8601, to compute countdowns with.
             * @example 2027-03-01T12:00:03.000Z
             */
            now: string;
            /**
             * @description When the time to pay is over, ISO 8601.
             * @example 2027-03-01T13:00:01.000Z
             */
            expiresAt: string;
            /**
             * @description What the order costs, in minor units of `currency`, before any discount.
             * @example 500000
             */
            amount: number;
            /**
             * @description What a discount code takes off, in minor units; 0 without one.
             * @example 0
             */
            discount: number;
            /**
             * @description The discount: the last characters of its code, and whether it can be removed. Null without a discount.
             * @example null
             */
            discountCode: {
                /**
                 * @description The last characters of its code, never the code itself; null where they are not kept.
                 * @example 7K2M
                 */
                lastCharacters: string | null;
                /**
                 * @description Whether the customer can still remove it: `DELETE /checkout/discount`.
                 * @example true
                 */
                removable: boolean;
            } | null;
            /**
             * @description What has to be paid, in minor units: `amount` less `discount`.
             * @example 500000
             */
            due: number;
            /**
             * @description What was paid so far, in minor units, by the evidence that counts.
             * @example 500000
             */
            amountPaid: number;
            /**
             * @description Currency of all amounts, ISO 4217.
             * @example UZS
             */
            currency: string;
            /**
             * @description True if the money came after the payment had been canceled or had expired.
             * @example false
             */
            paidLate: boolean;
            /**
             * @description When the payment succeeded, ISO 8601; null if it has not.
             * @example 2027-03-01T12:00:03.000Z
             */
            paidAt: string | null;
            /**
             * @description The tax office's page about the fiscal receipt, of the refund once the payment is refunded: shown as a QR code and a link. Absent if the merchant's cash register has reported none.
             * @example https://ofd.soliq.uz/check?t=EP000000000025&r=121&c=20270301120512&s=800031554082
             */
            fiscalReceiptUrl?: string;
            /**
             * @description How it can be paid, in the order in which the customer is offered them.
             * @example [
             *       "pay_code",
             *       "card"
             *     ]
             */
            methods: ("pay_code" | "wallet" | "card")[];
            /**
             * @description The newest attempt, or the one that paid; null before there is one.
             * @example {
             *       "id": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *       "method": "card",
             *       "status": "paid",
             *       "startedAt": "2027-03-01T12:00:02.000Z",
             *       "endedAt": "2027-03-01T12:00:03.000Z",
             *       "lastCharacters": "6311",
             *       "submittedReference": null,
             *       "transfer": null
             *     }
             */
            attempt: components["schemas"]["AttemptView"] | null;
            /**
             * @description What the customer has to do now.
             * @example {
             *       "kind": "none"
             *     }
             */
            nextAction: components["schemas"]["NextAction"];
            /**
             * @description Why the last attempt ended without money, while the customer may try again; otherwise null.
             * @example null
             */
            problem: components["schemas"]["Problem"] | null;
            /**
             * @description Where the customer goes when the payment is over; empty where the merchant gave none.
             * @example {
             *       "success": "https://shop.example/orders/10482"
             *     }
             */
            returnUrls: components["schemas"]["ReturnUrls"];
        };
        Problem: {
            /**
             * @description What went wrong; stable. The page of problems has cause and remedy of each.
             * @example code_expired
             * @enum {string}
             */
            code: "code_format" | "code_invalid" | "code_used" | "code_expired" | "code_not_yet_valid" | "code_value_too_low" | "code_value_too_high" | "discount_taken" | "discount_lost" | "too_many_attempts" | "no_requisites" | "number_format" | "transaction_number_used" | "number_checking" | "transfer_not_found" | "transfer_refused" | "screenshot_format" | "card_number" | "card_expiry" | "card_declined" | "card_sms_disabled" | "card_not_saved" | "insufficient_funds" | "phone_format" | "sms_code_format" | "sms_code_wrong" | "sms_code_expired" | "sms_not_sent" | "payment_reversed" | "provider_unavailable" | "payment_processing" | "payment_expired" | "payment_changed" | "method_unavailable" | "refund_unsupported" | "receipt_sent" | "version_conflict" | "decision_refused" | "refund_too_much" | "outcome_unknown" | "codes_erased" | "order_conflict" | "idempotency_conflict" | "unauthorized" | "forbidden" | "not_found" | "invalid_request" | "too_large" | "busy" | "internal";
            /**
             * @description The wrong field of the request, as a dotted path; absent where no single field is wrong.
             * @example code
             */
            field?: string;
            /**
             * @description Before this moment trying again is of no use, ISO 8601 (also the header `Retry-After`). Absent where no time is known.
             * @example 2027-03-01T12:05:00.000Z
             */
            retryAt?: string;
            /**
             * @description The moment that the code is about, ISO 8601, e.g. when a pay code expired or becomes valid; absent where there is none.
             * @example 2027-02-28T21:59:59.000Z
             */
            at?: string;
            /**
             * @description Whether trying again can help: the same request later, another entry, or another way to pay. False where the request itself has to change, or nothing can change the answer. Absent only in answers of older servers.
             * @example true
             */
            recoverable?: boolean;
            /**
             * @description What a customer may quote to support: of the payment, or of the request.
             * @example PD-7Q4K-19TZ
             */
            reference: string;
        };
        ProblemDetails: {
            /**
             * @description What went wrong; stable. The page of problems has cause and remedy of each.
             * @example code_expired
             * @enum {string}
             */
            code: "code_format" | "code_invalid" | "code_used" | "code_expired" | "code_not_yet_valid" | "code_value_too_low" | "code_value_too_high" | "discount_taken" | "discount_lost" | "too_many_attempts" | "no_requisites" | "number_format" | "transaction_number_used" | "number_checking" | "transfer_not_found" | "transfer_refused" | "screenshot_format" | "card_number" | "card_expiry" | "card_declined" | "card_sms_disabled" | "card_not_saved" | "insufficient_funds" | "phone_format" | "sms_code_format" | "sms_code_wrong" | "sms_code_expired" | "sms_not_sent" | "payment_reversed" | "provider_unavailable" | "payment_processing" | "payment_expired" | "payment_changed" | "method_unavailable" | "refund_unsupported" | "receipt_sent" | "version_conflict" | "decision_refused" | "refund_too_much" | "outcome_unknown" | "codes_erased" | "order_conflict" | "idempotency_conflict" | "unauthorized" | "forbidden" | "not_found" | "invalid_request" | "too_large" | "busy" | "internal";
            /**
             * @description The wrong field of the request, as a dotted path; absent where no single field is wrong.
             * @example code
             */
            field?: string;
            /**
             * @description Before this moment trying again is of no use, ISO 8601 (also the header `Retry-After`). Absent where no time is known.
             * @example 2027-03-01T12:05:00.000Z
             */
            retryAt?: string;
            /**
             * @description The moment that the code is about, ISO 8601, e.g. when a pay code expired or becomes valid; absent where there is none.
             * @example 2027-02-28T21:59:59.000Z
             */
            at?: string;
            /**
             * @description Whether trying again can help: the same request later, another entry, or another way to pay. False where the request itself has to change, or nothing can change the answer. Absent only in answers of older servers.
             * @example true
             */
            recoverable?: boolean;
            /**
             * @description What a customer may quote to support: of the payment, or of the request.
             * @example PD-7Q4K-19TZ
             */
            reference: string;
            /**
             * @description The code as a URN (RFC 9457).
             * @example urn:pay-desk:problem:code_expired
             */
            type: string;
            /**
             * @description What went wrong, in English, for developers.
             * @example The pay code has expired
             */
            title: string;
            /**
             * @description The HTTP status.
             * @example 410
             */
            status: number;
            /**
             * @description What was expected, or why, in English, for developers; absent where the title says all.
             * @example the last day of the code is over
             */
            detail?: string;
            /**
             * @description With `outcome_unknown` and `codes_erased`: the pay codes in question. Otherwise absent.
             * @example {
             *       "id": "bat_3m8c5x0v2b6n1d4f7q4k19tzga",
             *       "count": 100
             *     }
             */
            batch?: {
                /**
                 * @description The id of the batch. PayCodes has its codes under the creator `pw:<id>`.
                 * @example bat_3m8c5x0v2b6n1d4f7q4k19tzga
                 */
                id: string;
                /**
                 * @description How many codes were made, or asked for where that is not known.
                 * @example 100
                 */
                count: number;
            };
            /**
             * @description Where a POST of the browser is declined: the payment as it is now. Otherwise absent.
             * @example {
             *       "id": "pay_7q4k19tz3m8c5x0v2b6n1d4fga",
             *       "reference": "PD-7Q4K-19TZ",
             *       "orderId": "10482",
             *       "merchantId": "nova-books",
             *       "merchantName": "Nova Books",
             *       "description": "The Patient Garden",
             *       "test": false,
             *       "status": "succeeded",
             *       "version": 9,
             *       "now": "2027-03-01T12:00:03.000Z",
             *       "expiresAt": "2027-03-01T13:00:01.000Z",
             *       "amount": 500000,
             *       "discount": 0,
             *       "discountCode": null,
             *       "due": 500000,
             *       "amountPaid": 500000,
             *       "currency": "UZS",
             *       "paidLate": false,
             *       "paidAt": "2027-03-01T12:00:03.000Z",
             *       "methods": [
             *         "pay_code",
             *         "card"
             *       ],
             *       "attempt": {
             *         "id": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *         "method": "card",
             *         "status": "paid",
             *         "startedAt": "2027-03-01T12:00:02.000Z",
             *         "endedAt": "2027-03-01T12:00:03.000Z",
             *         "lastCharacters": "6311",
             *         "submittedReference": null,
             *         "transfer": null
             *       },
             *       "nextAction": {
             *         "kind": "none"
             *       },
             *       "problem": null,
             *       "returnUrls": {
             *         "success": "https://shop.example/orders/10482"
             *       }
             *     }
             */
            view?: components["schemas"]["PaymentView"];
            /**
             * @description Where `PATCH /v1/payments/{id}` is declined: the payment as it is now. Otherwise absent.
             * @example {
             *       "id": "pay_7q4k19tz3m8c5x0v2b6n1d4fga",
             *       "reference": "PD-7Q4K-19TZ",
             *       "orderId": "10482",
             *       "label": "customer-7",
             *       "description": "The Patient Garden",
             *       "status": "succeeded",
             *       "version": 9,
             *       "test": false,
             *       "amount": 500000,
             *       "discount": 0,
             *       "discountCode": null,
             *       "due": 500000,
             *       "amountPaid": 500000,
             *       "amountRefunded": 0,
             *       "currency": "UZS",
             *       "paidLate": false,
             *       "methods": [
             *         "pay_code",
             *         "card"
             *       ],
             *       "method": "card",
             *       "createdAt": "2027-03-01T12:00:01.000Z",
             *       "expiresAt": "2027-03-01T13:00:01.000Z",
             *       "paidAt": "2027-03-01T12:00:03.000Z",
             *       "returnUrls": {
             *         "success": "https://shop.example/orders/10482"
             *       },
             *       "metadata": {
             *         "warehouse": "north"
             *       },
             *       "attempts": [
             *         {
             *           "id": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *           "method": "card",
             *           "status": "paid",
             *           "startedAt": "2027-03-01T12:00:02.000Z",
             *           "endedAt": "2027-03-01T12:00:03.000Z",
             *           "lastCharacters": "6311",
             *           "submittedReference": null,
             *           "transfer": null
             *         }
             *       ],
             *       "evidence": [
             *         {
             *           "attemptId": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *           "method": "card",
             *           "upstreamId": "65f1c2a4b8d3e7f901234567",
             *           "amount": 500000,
             *           "currency": "UZS",
             *           "takenAt": "2027-03-01T12:00:03.000Z",
             *           "counted": true
             *         }
             *       ],
             *       "decisions": [],
             *       "refunds": []
             *     }
             */
            payment?: components["schemas"]["Payment"];
        };
        ReceiptList: {
            /**
             * @description Newest first.
             * @example [
             *       {
             *         "id": "65f1c2a4b8d3e7f901234567",
             *         "state": 4,
             *         "amount": 500000,
             *         "currency": "UZS",
             *         "description": "att_0v2b6n1d4f7q4k19tz3m8c5xga 10482",
             *         "account": [
             *           {
             *             "name": "order_id",
             *             "value": "10482"
             *           }
             *         ],
             *         "card": {
             *           "number": "860006******6311"
             *         },
             *         "createdAt": "2027-03-01T12:00:02.000Z",
             *         "paidAt": "2027-03-01T12:00:03.000Z",
             *         "canceledAt": null
             *       }
             *     ]
             */
            receipts: components["schemas"]["ReceiptView"][];
            /**
             * @description How many more receipts could not be read.
             * @example 0
             */
            unreadable: number;
        };
        ReceiptView: {
            /**
             * @description Payme's id of the receipt.
             * @example 65f1c2a4b8d3e7f901234567
             */
            id: string;
            /**
             * @description Payme's own number: 0 created, 4 paid, 21 being cancelled, 50 cancelled; the others are in progress.
             * @example 4
             */
            state: number;
            /**
             * @description Minor units of `currency`.
             * @example 500000
             */
            amount: number;
            /**
             * @description ISO 4217; null where Payme's answer has none.
             * @example UZS
             */
            currency: string | null;
            /**
             * @description What the receipt was made with; begins with the id of our attempt.
             * @example att_0v2b6n1d4f7q4k19tz3m8c5xga 10482
             */
            description: string;
            /**
             * @description What the receipt was made for, in the fields of the cashbox.
             * @example [
             *       {
             *         "name": "order_id",
             *         "value": "10482"
             *       }
             *     ]
             */
            account: {
                /**
                 * @description The name of the field in the cashbox.
                 * @example order_id
                 */
                name: string;
                /**
                 * @description Its value.
                 * @example 10482
                 */
                value: string;
            }[];
            /**
             * @description The card that paid, masked; null where none did.
             * @example {
             *       "number": "860006******6311"
             *     }
             */
            card: {
                /**
                 * @description Masked, and without the expiry, since the form promises the customer that the shop never sees it.
                 * @example 860006******6311
                 */
                number: string;
            } | null;
            /**
             * @description When it was created, ISO 8601; null where Payme does not say.
             * @example 2027-03-01T12:00:02.000Z
             */
            createdAt: string | null;
            /**
             * @description When it was paid, ISO 8601; null if it was not.
             * @example 2027-03-01T12:00:03.000Z
             */
            paidAt: string | null;
            /**
             * @description When it was cancelled, ISO 8601; null if it was not.
             * @example null
             */
            canceledAt: string | null;
        };
        RefundView: {
            /**
             * @description Its id, `ref_…`.
             * @example ref_1d4f7q4k19tz3m8c5x0v2b6nga
             */
            id: string;
            /**
             * @description The attempt whose money went back; null where money was returned by hand and no attempt was named.
             * @example att_0v2b6n1d4f7q4k19tz3m8c5xga
             */
            attemptId: string | null;
            /**
             * @description What went back, in minor units of `currency`.
             * @example 500000
             */
            amount: number;
            /**
             * @description Currency of `amount`, ISO 4217.
             * @example UZS
             */
            currency: string;
            /**
             * @description `upstream`: the payment service returned it. `by_hand`: somebody returned it outside of Pay Desk and recorded that.
             * @example upstream
             * @enum {string}
             */
            how: "upstream" | "by_hand";
            /**
             * @description `running`: the payment service works on it. `done`: the money is back. `declined`: it was refused, and nothing was returned. `needs_review`: only a person can tell.
             * @example done
             * @enum {string}
             */
            status: "running" | "done" | "declined" | "needs_review";
            /**
             * @description Who asked for it: `operator:<name>` or `merchant:<id>`.
             * @example merchant:nova-books
             */
            requestedBy: string;
            /**
             * @description The number of the transfer back, where money was returned by hand and one was given; otherwise null.
             * @example null
             */
            reference: string | null;
            /**
             * @description Why, in the words of whoever asked; empty where nothing was said.
             * @example The book was sold out
             */
            note: string;
            /**
             * @description When it was asked for, ISO 8601.
             * @example 2027-03-01T12:05:00.000Z
             */
            requestedAt: string;
            /**
             * @description When it ended, ISO 8601; null while it runs.
             * @example 2027-03-01T12:05:00.000Z
             */
            endedAt: string | null;
        };
        Requisite: {
            /**
             * @description What the row is: `wallet_number`, `upi_id` or `account_name`, which the widget has captions for, or another name.
             * @example wallet_number
             */
            key: string;
            /**
             * @description How the row is called, for any other `key`; absent for the three.
             * @example Branch
             */
            caption?: string;
            /**
             * @description What to copy.
             * @example 09 765 432 109
             */
            value: string;
        };
        ReturnUrls: {
            /**
             * Format: uri
             * @description Where the customer goes once the payment has succeeded: an absolute http(s) address on an origin that the merchants file allows. Absent: they stay on the page.
             * @example https://shop.example/orders/10482
             */
            success?: string;
            /**
             * Format: uri
             * @description The same where the payment has ended without money.
             * @example https://shop.example/orders/10482/failed
             */
            fail?: string;
            /**
             * Format: uri
             * @description The same where the outcome is not known yet.
             * @example https://shop.example/orders/10482/pending
             */
            pending?: string;
        };
        SavedCard: {
            /**
             * @description Its id, `card_…`.
             * @example card_1d4f7q4k19tz3m8c5x0v2b6nga
             */
            id: string;
            /**
             * @description Its number, masked. The expiry is not stored.
             * @example 860006******6311
             */
            number: string;
        };
        SendSms: {
            /**
             * @description Send an SMS.
             * @example send_sms
             * @constant
             */
            kind: "send_sms";
            /**
             * @description The text to send, exactly so.
             * @example PAY 7K2M9QXA
             */
            text: string;
            /**
             * @description The number to send it to.
             * @example 7055
             */
            number: string;
            /**
             * @description What the SMS costs, with tax, in minor units of the payment's currency.
             * @example 2500
             */
            price: number;
            /**
             * @description `enter_code`: a code comes back by SMS and is entered. `wait`: the text contains the code, and the payment follows by itself.
             * @example enter_code
             * @enum {string}
             */
            continuation: "enter_code" | "wait";
            /**
             * @description How long waiting on the page makes sense, ISO 8601. A later SMS still counts.
             * @example 2027-03-01T12:05:00.000Z
             */
            until: string;
            /**
             * @description The signs of the code that comes back; absent where they are not certain or none comes back.
             * @example 0123456789ABCDEFGHJKLMNPQRSTUVWXYZ
             */
            alphabet?: string;
            /**
             * @description How many signs the code that comes back has; absent where that is not certain or none comes back.
             * @example 8
             */
            length?: number;
        };
        TestWebhook: {
            /**
             * @description Always `test`.
             * @example test
             * @constant
             */
            type: "test";
            /**
             * @description When it was made, ISO 8601.
             * @example 2027-03-01T12:00:03.000Z
             */
            timestamp: string;
            /**
             * @description Empty: a test belongs to no payment.
             * @example {}
             */
            data: Record<string, never>;
        };
        Transfer: {
            /**
             * @description Transfer to the merchant's wallet, then enter the transaction number.
             * @example transfer
             * @constant
             */
            kind: "transfer";
            /**
             * @description The wallet, by its name at Paykassma.
             * @example wavepay
             */
            walletType: string;
            /**
             * @description The wallet's own name.
             * @example Wave Pay
             */
            walletName: string;
            /**
             * @description The languages of the wallet's customers; absent where an earlier version showed the transfer.
             * @example [
             *       "en",
             *       "my"
             *     ]
             */
            languages?: string[];
            /**
             * @description What to transfer, in minor units of the payment's currency.
             * @example 250000
             */
            amount: number;
            /**
             * @description The account to transfer to, one row for each thing to copy; empty after the end of the payment.
             * @example [
             *       {
             *         "key": "wallet_number",
             *         "value": "09 765 432 109"
             *       }
             *     ]
             */
            requisites: components["schemas"]["Requisite"][];
            /**
             * @description The kind of transfer to choose in the wallet app; absent if it has only one.
             * @example send_money
             * @enum {string}
             */
            how?: "cash_out" | "send_money" | "make_payment";
            /**
             * @description Whether exactly this amount must be transferred, because the wallet compares it.
             * @example true
             */
            exactAmount: boolean;
            /**
             * @description The form of the transaction number.
             * @example {
             *       "maxLength": 20,
             *       "inputMode": "numeric"
             *     }
             */
            number: components["schemas"]["TransferNumber"];
            /**
             * @description Whether a picture of the finished transfer is required too.
             * @example false
             */
            screenshot: boolean;
        };
        TransferNumber: {
            /**
             * @description The most signs that a transaction number of this wallet has.
             * @example 20
             */
            maxLength: number;
            /**
             * @description Which keyboard fits: `numeric` for digits only.
             * @example numeric
             * @enum {string}
             */
            inputMode: "numeric" | "text";
            /**
             * @description A regular expression for the whole number; absent where the form is not known.
             * @example [0-9]{20}
             */
            pattern?: string;
            /**
             * @description True if small and capital letters are different, so the keyboard must not change them. Otherwise absent.
             * @example true
             */
            mixedCase?: boolean;
        };
        Wait: {
            /**
             * @description Nothing to do but wait.
             * @example wait
             * @constant
             */
            kind: "wait";
            /**
             * @description `checking`: a call is in flight. `unknown_outcome`: its answer was lost, and we are finding out. `review`: a person looks at it. `transfer_pending`: the wallet checks the transfer. `transfer_accepted`: it was found and is not credited yet. `sms_late`: the payment is over, but an SMS that was sent for it still counts.
             * @example checking
             * @enum {string}
             */
            reason: "checking" | "unknown_outcome" | "review" | "transfer_pending" | "transfer_accepted" | "sms_late";
            /**
             * @description Since when, ISO 8601.
             * @example 2027-03-01T12:00:02.000Z
             */
            since: string;
        };
        Webhook: {
            /**
             * @description What happened.
             * @example payment.succeeded
             * @enum {string}
             */
            type: "payment.succeeded" | "payment.underpaid" | "payment.overpaid" | "payment.processing" | "payment.needs_review" | "payment.canceled" | "payment.expired" | "payment.refunded" | "payment.reversed" | "payment.updated" | "payment.attempt_refused" | "payment.refund_refused";
            /**
             * @description When it happened, ISO 8601. When it was sent is in the header `webhook-timestamp`.
             * @example 2027-03-01T12:00:03.000Z
             */
            timestamp: string;
            /**
             * @description 1, 2, 3 … for each payment. Webhooks of one payment are sent in this order, each at least once. Numbers are missing if your settings name the types that you want.
             * @example 1
             */
            sequence: number;
            /**
             * @description What it is about.
             * @example {
             *       "payment": {
             *         "id": "pay_7q4k19tz3m8c5x0v2b6n1d4fga",
             *         "reference": "PD-7Q4K-19TZ",
             *         "orderId": "10482",
             *         "label": "customer-7",
             *         "description": "The Patient Garden",
             *         "status": "succeeded",
             *         "version": 9,
             *         "test": false,
             *         "amount": 500000,
             *         "discount": 0,
             *         "discountCode": null,
             *         "due": 500000,
             *         "amountPaid": 500000,
             *         "amountRefunded": 0,
             *         "currency": "UZS",
             *         "paidLate": false,
             *         "methods": [
             *           "pay_code",
             *           "card"
             *         ],
             *         "method": "card",
             *         "createdAt": "2027-03-01T12:00:01.000Z",
             *         "expiresAt": "2027-03-01T13:00:01.000Z",
             *         "paidAt": "2027-03-01T12:00:03.000Z",
             *         "returnUrls": {
             *           "success": "https://shop.example/orders/10482"
             *         },
             *         "metadata": {
             *           "warehouse": "north"
             *         },
             *         "attempts": [
             *           {
             *             "id": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *             "method": "card",
             *             "status": "paid",
             *             "startedAt": "2027-03-01T12:00:02.000Z",
             *             "endedAt": "2027-03-01T12:00:03.000Z",
             *             "lastCharacters": "6311",
             *             "submittedReference": null,
             *             "transfer": null
             *           }
             *         ],
             *         "evidence": [
             *           {
             *             "attemptId": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *             "method": "card",
             *             "upstreamId": "65f1c2a4b8d3e7f901234567",
             *             "amount": 500000,
             *             "currency": "UZS",
             *             "takenAt": "2027-03-01T12:00:03.000Z",
             *             "counted": true
             *           }
             *         ],
             *         "decisions": [],
             *         "refunds": []
             *       }
             *     }
             */
            data: {
                /**
                 * @description The whole payment as it was at that moment.
                 * @example {
                 *       "id": "pay_7q4k19tz3m8c5x0v2b6n1d4fga",
                 *       "reference": "PD-7Q4K-19TZ",
                 *       "orderId": "10482",
                 *       "label": "customer-7",
                 *       "description": "The Patient Garden",
                 *       "status": "succeeded",
                 *       "version": 9,
                 *       "test": false,
                 *       "amount": 500000,
                 *       "discount": 0,
                 *       "discountCode": null,
                 *       "due": 500000,
                 *       "amountPaid": 500000,
                 *       "amountRefunded": 0,
                 *       "currency": "UZS",
                 *       "paidLate": false,
                 *       "methods": [
                 *         "pay_code",
                 *         "card"
                 *       ],
                 *       "method": "card",
                 *       "createdAt": "2027-03-01T12:00:01.000Z",
                 *       "expiresAt": "2027-03-01T13:00:01.000Z",
                 *       "paidAt": "2027-03-01T12:00:03.000Z",
                 *       "returnUrls": {
                 *         "success": "https://shop.example/orders/10482"
                 *       },
                 *       "metadata": {
                 *         "warehouse": "north"
                 *       },
                 *       "attempts": [
                 *         {
                 *           "id": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
                 *           "method": "card",
                 *           "status": "paid",
                 *           "startedAt": "2027-03-01T12:00:02.000Z",
                 *           "endedAt": "2027-03-01T12:00:03.000Z",
                 *           "lastCharacters": "6311",
                 *           "submittedReference": null,
                 *           "transfer": null
                 *         }
                 *       ],
                 *       "evidence": [
                 *         {
                 *           "attemptId": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
                 *           "method": "card",
                 *           "upstreamId": "65f1c2a4b8d3e7f901234567",
                 *           "amount": 500000,
                 *           "currency": "UZS",
                 *           "takenAt": "2027-03-01T12:00:03.000Z",
                 *           "counted": true
                 *         }
                 *       ],
                 *       "decisions": [],
                 *       "refunds": []
                 *     }
                 */
                payment: components["schemas"]["Payment"];
                /**
                 * @description Why it was refused; only with `payment.attempt_refused` and `payment.refund_refused`.
                 * @example {
                 *       "code": "card_declined"
                 *     }
                 */
                problem?: {
                    /**
                     * @description As in answers of this interface; the page of problems has cause and remedy of each.
                     * @example card_declined
                     * @enum {string}
                     */
                    code: "code_format" | "code_invalid" | "code_used" | "code_expired" | "code_not_yet_valid" | "code_value_too_low" | "code_value_too_high" | "discount_taken" | "discount_lost" | "too_many_attempts" | "no_requisites" | "number_format" | "transaction_number_used" | "number_checking" | "transfer_not_found" | "transfer_refused" | "screenshot_format" | "card_number" | "card_expiry" | "card_declined" | "card_sms_disabled" | "card_not_saved" | "insufficient_funds" | "phone_format" | "sms_code_format" | "sms_code_wrong" | "sms_code_expired" | "sms_not_sent" | "payment_reversed" | "provider_unavailable" | "payment_processing" | "payment_expired" | "payment_changed" | "method_unavailable" | "refund_unsupported" | "receipt_sent" | "version_conflict" | "decision_refused" | "refund_too_much" | "outcome_unknown" | "codes_erased" | "order_conflict" | "idempotency_conflict" | "unauthorized" | "forbidden" | "not_found" | "invalid_request" | "too_large" | "busy" | "internal";
                };
            };
        };
        WebhookDelivery: {
            /**
             * @description Its id, `dlv_…`.
             * @example dlv_8c5x0v2b6n1d4f7q4k19tz3mga
             */
            id: string;
            /**
             * @description 1, 2, 3 … for each webhook. The newest 50 are kept.
             * @example 1
             */
            number: number;
            /**
             * @description When it was tried, ISO 8601.
             * @example 2027-03-01T12:00:03.000Z
             */
            at: string;
            /**
             * @description How long it took, in milliseconds.
             * @example 85
             */
            durationMs: number;
            /**
             * @description The HTTP status of your host's answer; 0 where there was none. 200 to 299 is a delivery.
             * @example 204
             */
            status: number;
            /**
             * @description Why there was no answer, or why it does not count; null where the status says everything. `redirect`: redirects are not followed.
             * @example null
             */
            reason: ("timeout" | "refused" | "dns" | "tls" | "closed" | "redirect" | "other") | null;
        };
        WebhookEvent: {
            /**
             * @description Its id, `evt_…`: the header `webhook-id`, the same at every try and every replay.
             * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
             */
            id: string;
            /**
             * @description Which of your addresses it is for: `main`, or the name of a further one. Each has webhooks of its own, with ids of their own.
             * @example main
             */
            endpoint: string;
            /**
             * @description What happened, as in the body.
             * @example payment.succeeded
             */
            type: string;
            /**
             * @description The payment that it is about.
             * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
             */
            paymentId: string;
            /**
             * @description As in the body: 1, 2, 3 … for each payment, also those that are not sent because you do not want their type.
             * @example 1
             */
            sequence: number;
            /**
             * @description `pending`: it will be tried. `delivered`: your host accepted it. `parked`: given up after all tries; a replay sends it again. `filtered`: not sent, because your settings name the types that you want and not this one; a replay of this one sends it.
             * @example delivered
             * @enum {string}
             */
            status: "pending" | "delivered" | "parked" | "filtered";
            /**
             * @description When it was made, ISO 8601.
             * @example 2027-03-01T12:00:03.000Z
             */
            createdAt: string;
            /**
             * @description When your host first accepted it, ISO 8601; null if it has not.
             * @example 2027-03-01T12:00:03.000Z
             */
            deliveredAt: string | null;
            /**
             * @description When it was last asked to be sent again, ISO 8601; null if it never was.
             * @example null
             */
            replayedAt: string | null;
            /**
             * @description It is not sent before this moment (ISO 8601), and not before pending webhooks of the same payment with a lower `sequence`. Null unless `pending`.
             * @example null
             */
            nextTryAt: string | null;
            /**
             * @description How often it was tried, replays included.
             * @example 1
             */
            deliveryCount: number;
            /**
             * @description The newest try; null before the first one.
             * @example {
             *       "id": "dlv_8c5x0v2b6n1d4f7q4k19tz3mga",
             *       "number": 1,
             *       "at": "2027-03-01T12:00:03.000Z",
             *       "durationMs": 85,
             *       "status": 204,
             *       "reason": null
             *     }
             */
            lastDelivery: components["schemas"]["WebhookDelivery"] | null;
        };
        WebhookEventDetail: {
            /**
             * @description Its id, `evt_…`: the header `webhook-id`, the same at every try and every replay.
             * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
             */
            id: string;
            /**
             * @description Which of your addresses it is for: `main`, or the name of a further one. Each has webhooks of its own, with ids of their own.
             * @example main
             */
            endpoint: string;
            /**
             * @description What happened, as in the body.
             * @example payment.succeeded
             */
            type: string;
            /**
             * @description The payment that it is about.
             * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
             */
            paymentId: string;
            /**
             * @description As in the body: 1, 2, 3 … for each payment, also those that are not sent because you do not want their type.
             * @example 1
             */
            sequence: number;
            /**
             * @description `pending`: it will be tried. `delivered`: your host accepted it. `parked`: given up after all tries; a replay sends it again. `filtered`: not sent, because your settings name the types that you want and not this one; a replay of this one sends it.
             * @example delivered
             * @enum {string}
             */
            status: "pending" | "delivered" | "parked" | "filtered";
            /**
             * @description When it was made, ISO 8601.
             * @example 2027-03-01T12:00:03.000Z
             */
            createdAt: string;
            /**
             * @description When your host first accepted it, ISO 8601; null if it has not.
             * @example 2027-03-01T12:00:03.000Z
             */
            deliveredAt: string | null;
            /**
             * @description When it was last asked to be sent again, ISO 8601; null if it never was.
             * @example null
             */
            replayedAt: string | null;
            /**
             * @description It is not sent before this moment (ISO 8601), and not before pending webhooks of the same payment with a lower `sequence`. Null unless `pending`.
             * @example null
             */
            nextTryAt: string | null;
            /**
             * @description How often it was tried, replays included.
             * @example 1
             */
            deliveryCount: number;
            /**
             * @description The newest try; null before the first one.
             * @example {
             *       "id": "dlv_8c5x0v2b6n1d4f7q4k19tz3mga",
             *       "number": 1,
             *       "at": "2027-03-01T12:00:03.000Z",
             *       "durationMs": 85,
             *       "status": 204,
             *       "reason": null
             *     }
             */
            lastDelivery: components["schemas"]["WebhookDelivery"] | null;
            /**
             * @description The body that is sent, byte for byte; null after it was erased, because webhooks are kept for a limited time.
             * @example {"type":"payment.succeeded", …}
             */
            body: string | null;
            /**
             * @description All tries that are kept, oldest first.
             * @example [
             *       {
             *         "id": "dlv_8c5x0v2b6n1d4f7q4k19tz3mga",
             *         "number": 1,
             *         "at": "2027-03-01T12:00:03.000Z",
             *         "durationMs": 85,
             *         "status": 204,
             *         "reason": null
             *       }
             *     ]
             */
            deliveries: components["schemas"]["WebhookDelivery"][];
        };
        WebhookEventPage: {
            /**
             * @description Oldest first.
             * @example [
             *       {
             *         "id": "evt_5x0v2b6n1d4f7q4k19tz3m8cga",
             *         "endpoint": "main",
             *         "type": "payment.succeeded",
             *         "paymentId": "pay_7q4k19tz3m8c5x0v2b6n1d4fga",
             *         "sequence": 1,
             *         "status": "delivered",
             *         "createdAt": "2027-03-01T12:00:03.000Z",
             *         "deliveredAt": "2027-03-01T12:00:03.000Z",
             *         "replayedAt": null,
             *         "nextTryAt": null,
             *         "deliveryCount": 1,
             *         "lastDelivery": {
             *           "id": "dlv_8c5x0v2b6n1d4f7q4k19tz3mga",
             *           "number": 1,
             *           "at": "2027-03-01T12:00:03.000Z",
             *           "durationMs": 85,
             *           "status": 204,
             *           "reason": null
             *         }
             *       }
             *     ]
             */
            events: components["schemas"]["WebhookEvent"][];
            /**
             * @description To be sent as `after` of the next request. A webhook of the last seconds may then come twice, and none is missed. Null: begin anew.
             * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
             */
            next: string | null;
            /**
             * @description Whether more are there already.
             * @example false
             */
            hasMore: boolean;
        };
        WebhookReplay: {
            /**
             * @description Its id, `rpl_…`.
             * @example rpl_2b6n1d4f7q4k19tz3m8c5x0vga
             */
            id: string;
            /**
             * @description The endpoint that gets them.
             * @example main
             */
            endpoint: string;
            /**
             * @description As requested, ISO 8601.
             * @example 2027-03-01T12:00:03.000Z
             */
            from: string;
            /**
             * @description As requested, ISO 8601.
             * @example 2027-03-01T13:00:01.000Z
             */
            to: string;
            /**
             * @description Whether webhooks are still being queued.
             * @example done
             * @enum {string}
             */
            status: "running" | "done";
            /**
             * @description How many webhooks were queued so far. Those that were pending anyway are not among them.
             * @example 12
             */
            replayed: number;
            /**
             * @description When it was requested, ISO 8601.
             * @example 2027-03-01T13:00:01.000Z
             */
            requestedAt: string;
            /**
             * @description When the last one was queued, ISO 8601; null while it runs.
             * @example 2027-03-01T12:05:00.000Z
             */
            endedAt: string | null;
        };
        WebhookTestResult: {
            /**
             * @description The header `webhook-id` that the test was sent with.
             * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
             */
            id: string;
            /**
             * @description Whether your host answered 200 to 299.
             * @example true
             */
            delivered: boolean;
            /**
             * @description The HTTP status of your host's answer; 0 where there was none. 200 to 299 is a delivery.
             * @example 204
             */
            status: number;
            /**
             * @description Why there was no answer, or why it does not count; null where the status says everything. `redirect`: redirects are not followed.
             * @example null
             */
            reason: ("timeout" | "refused" | "dns" | "tls" | "closed" | "redirect" | "other") | null;
            /**
             * @description How long it took, in milliseconds.
             * @example 85
             */
            durationMs: number;
        };
        Approval: {
            /**
             * @description Its id, `apr_…`.
             * @example apr_4f7q4k19tz3m8c5x0v2b6n1dga
             */
            id: string;
            /**
             * @description The payment that it is about.
             * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
             */
            paymentId: string;
            /**
             * @description What was requested.
             * @example refund
             * @enum {string}
             */
            act: "resolve" | "accept" | "reopen" | "refund" | "dispose";
            /**
             * @description What will be done when it is confirmed, in one sentence.
             * @example refund this payment, as requested by merchant:nova-books
             */
            summary: string;
            /**
             * @description The money that it is about, in minor units of `currency`.
             * @example 500000
             */
            amount: number;
            /**
             * @description Currency of `amount`, ISO 4217.
             * @example UZS
             */
            currency: string;
            /**
             * @description `pending`: a second person has to decide. `outdated`: the payment has changed since, so it was not done and cannot be confirmed.
             * @example pending
             * @enum {string}
             */
            status: "pending" | "confirmed" | "rejected" | "outdated";
            /**
             * @description Who requested it: `operator:<name>` or `merchant:<id>`.
             * @example merchant:nova-books
             */
            requestedBy: string;
            /**
             * @description When it was requested, ISO 8601.
             * @example 2027-03-01T12:05:00.000Z
             */
            requestedAt: string;
            /**
             * @description Why, in the words of whoever requested it.
             * @example The book was sold out
             */
            note: string;
            /**
             * @description Who confirmed or rejected it; null while it waits, and where it is outdated.
             * @example null
             */
            decidedBy: string | null;
            /**
             * @description When that was, ISO 8601; null while it waits.
             * @example null
             */
            decidedAt: string | null;
        };
        DecidedPayment: {
            /**
             * @description Its id, `pay_…`. It never changes.
             * @example pay_7q4k19tz3m8c5x0v2b6n1d4fga
             */
            id: string;
            /**
             * @description A short name of the payment that a customer can read out to support: the first eight characters of its id.
             * @example PD-7Q4K-19TZ
             */
            reference: string;
            /**
             * @description The merchant's id of the order.
             * @example 10482
             */
            orderId: string;
            /**
             * @description The merchant's id of the customer.
             * @example customer-7
             */
            label: string;
            /**
             * @description What is paid for, shown to the customer; null where the merchant gave none.
             * @example The Patient Garden
             */
            description: string | null;
            /**
             * @description Where the payment stands. `open`: nobody is paying. `awaiting_customer`: an attempt waits for the customer. `processing`: an attempt is being checked. `needs_review`: only a person can tell what became of the money. `succeeded`: at least what was due is paid. `underpaid`: less than that. `refunding`, `refunded`: the money is on its way back, or is back. `canceled`, `expired`: it is over.
             * @example succeeded
             * @enum {string}
             */
            status: "open" | "awaiting_customer" | "processing" | "needs_review" | "succeeded" | "underpaid" | "refunding" | "refunded" | "canceled" | "expired";
            /**
             * @description Grows by one with every change. Whoever decides about the payment sends the version that they have seen.
             * @example 9
             */
            version: number;
            /**
             * @description True where no real money moves.
             * @example false
             */
            test: boolean;
            /**
             * @description What the order costs, in minor units of `currency`, before any discount.
             * @example 500000
             */
            amount: number;
            /**
             * @description What a discount code takes off, in minor units; 0 without one.
             * @example 0
             */
            discount: number;
            /**
             * @description The discount: whether its code is redeemed, and its last characters. Null without a discount.
             * @example null
             */
            discountCode: {
                /**
                 * @description `reserved`: its code is redeemed just before the rest is charged. `unknown`: redeeming it was requested and the answer is not known. `redeemed`: it is used up, and what it takes off stays off.
                 * @example reserved
                 * @enum {string}
                 */
                status: "reserved" | "unknown" | "redeemed";
                /**
                 * @description The last characters of its code, never the code itself; null where they are not kept.
                 * @example 7K2M
                 */
                lastCharacters: string | null;
            } | null;
            /**
             * @description What has to be paid, in minor units: `amount` less `discount`.
             * @example 500000
             */
            due: number;
            /**
             * @description What was paid so far, in minor units, by the evidence that counts.
             * @example 500000
             */
            amountPaid: number;
            /**
             * @description What was returned of it, in minor units.
             * @example 0
             */
            amountRefunded: number;
            /**
             * @description What a person has accepted as enough although more was due, in minor units; absent if nobody has.
             * @example 490000
             */
            acceptedAmount?: number;
            /**
             * @description Who decided about the money last, or returned some: `operator:<name>` or `merchant:<id>`; absent if nobody has.
             * @example operator:aziza
             */
            decidedBy?: string;
            /**
             * @description Currency of all amounts, ISO 4217.
             * @example UZS
             */
            currency: string;
            /**
             * @description True if the money came after the payment had been canceled or had expired.
             * @example false
             */
            paidLate: boolean;
            /**
             * @description The order was paid twice: the id of the payment that had paid it before money came for this one. Otherwise absent.
             * @example pay_2m8c5x0v7q4k19tz3b6n1d4fgh
             */
            orderAlreadyPaidBy?: string;
            /**
             * @description How it can be paid, in the order in which the customer is offered them.
             * @example [
             *       "pay_code",
             *       "card"
             *     ]
             */
            methods: ("pay_code" | "wallet" | "card")[];
            /**
             * @description The method of the evidence that paid it; null before it is paid.
             * @example card
             */
            method: ("pay_code" | "wallet" | "card") | null;
            /**
             * @description When it was created, ISO 8601.
             * @example 2027-03-01T12:00:01.000Z
             */
            createdAt: string;
            /**
             * @description When the time to pay is over, ISO 8601.
             * @example 2027-03-01T13:00:01.000Z
             */
            expiresAt: string;
            /**
             * @description When the payment succeeded, ISO 8601; null if it has not.
             * @example 2027-03-01T12:00:03.000Z
             */
            paidAt: string | null;
            /**
             * @description Where the customer goes when the payment is over; empty where the merchant gave none.
             * @example {
             *       "success": "https://shop.example/orders/10482"
             *     }
             */
            returnUrls: components["schemas"]["ReturnUrls"];
            /**
             * @description What the merchant stored with it: texts by name; empty without any.
             * @example {
             *       "warehouse": "north"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * @description All attempts to pay, oldest first.
             * @example [
             *       {
             *         "id": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *         "method": "card",
             *         "status": "paid",
             *         "startedAt": "2027-03-01T12:00:02.000Z",
             *         "endedAt": "2027-03-01T12:00:03.000Z",
             *         "lastCharacters": "6311",
             *         "submittedReference": null,
             *         "transfer": null
             *       }
             *     ]
             */
            attempts: components["schemas"]["AttemptView"][];
            /**
             * @description What the payment services say was paid, oldest first. Sums are made of this.
             * @example [
             *       {
             *         "attemptId": "att_0v2b6n1d4f7q4k19tz3m8c5xga",
             *         "method": "card",
             *         "upstreamId": "65f1c2a4b8d3e7f901234567",
             *         "amount": 500000,
             *         "currency": "UZS",
             *         "takenAt": "2027-03-01T12:00:03.000Z",
             *         "counted": true
             *       }
             *     ]
             */
            evidence: components["schemas"]["EvidenceView"][];
            /**
             * @description What people decided about the money, oldest first.
             * @example []
             */
            decisions: components["schemas"]["DecisionView"][];
            /**
             * @description Money that went back or is on its way, oldest first.
             * @example []
             */
            refunds: components["schemas"]["RefundView"][];
            /**
             * @description What your own cash register has reported by `POST /v1/payments/{id}/fiscal-receipt`, the sale before the refund; absent if it has reported none.
             * @example [
             *       {
             *         "kind": "sale",
             *         "receiptId": 121,
             *         "qrUrl": "https://ofd.soliq.uz/check?t=EP000000000025&r=121&c=20270301120512&s=800031554082",
             *         "fiscalSign": "800031554082",
             *         "terminalId": "EP000000000025",
             *         "issuedAt": "2027-03-01T12:00:03.000Z",
             *         "reportedAt": "2027-03-01T12:00:03.000Z",
             *         "takenByPaymeAt": "2027-03-01T12:00:03.000Z"
             *       }
             *     ]
             */
            fiscalReceipts?: components["schemas"]["FiscalReceipt"][];
            /**
             * @description With 202: nothing was done yet, because a second person has to confirm it. Otherwise absent.
             * @example {
             *       "id": "apr_4f7q4k19tz3m8c5x0v2b6n1dga",
             *       "paymentId": "pay_7q4k19tz3m8c5x0v2b6n1d4fga",
             *       "act": "refund",
             *       "summary": "refund this payment, as requested by merchant:nova-books",
             *       "amount": 500000,
             *       "currency": "UZS",
             *       "status": "pending",
             *       "requestedBy": "merchant:nova-books",
             *       "requestedAt": "2027-03-01T12:05:00.000Z",
             *       "note": "The book was sold out",
             *       "decidedBy": null,
             *       "decidedAt": null
             *     }
             */
            approval?: components["schemas"]["Approval"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "payment.succeeded": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.succeeded";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.underpaid": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.underpaid";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.overpaid": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.overpaid";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.processing": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.processing";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.needs_review": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.needs_review";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.canceled": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.canceled";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.expired": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.expired";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.refunded": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.refunded";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.reversed": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.reversed";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.updated": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.updated";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.attempt_refused": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.attempt_refused";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "payment.refund_refused": {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Webhook"] & {
                    /** @constant */
                    type?: "payment.refund_refused";
                };
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    test: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The id of the webhook, the same at every try and every replay: whoever has handled it once need not do so again.
                 * @example evt_5x0v2b6n1d4f7q4k19tz3m8cga
                 */
                "webhook-id": string;
                /**
                 * @description When this try was sent, in seconds since 1970. Refuse what is older than five minutes.
                 * @example 1803902404
                 */
                "webhook-timestamp": string;
                /**
                 * @description One signature for each of your secrets, separated by spaces: `v1,` and the base64 of HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`, with the bytes behind `whsec_` as the key. One that fits is enough. Compute it over the raw body.
                 * @example v1,Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
                 */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestWebhook"];
            };
        };
        responses: {
            /** @description It is tried again after an hour at the earliest. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It has arrived. Answer within 15 seconds and do long work afterwards. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Anything else, a redirect or no answer: it is tried again after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 h, and then parked. `Retry-After` is followed up to a day. Later webhooks of the same payment wait. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
