FROM node:26-bookworm-slim AS build
WORKDIR /suite
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:26-bookworm-slim
LABEL org.opencontainers.image.title="invite-conformance" \
      org.opencontainers.image.description="Conformance suite for Microsoft Graph's participant: invite" \
      org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
COPY --from=build /suite/package.json /suite/LICENSE /suite/
COPY --from=build /suite/node_modules /suite/node_modules
COPY --from=build /suite/dist /suite/dist
RUN mkdir /work && chown node:node /work
USER node
WORKDIR /work
ENTRYPOINT ["node", "/suite/dist/cli/main.js"]
CMD ["run"]
