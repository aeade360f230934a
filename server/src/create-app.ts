import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import { ProblemType } from '@mall/shared/problems';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger as Pino } from 'pino';
import { ulid } from 'ulid';
import { AppModule } from './app.module.js';
import type { LoadedEnvironment } from './load-environment.js';
import type { Environment } from './platform/config/environment.js';
import { sendProblem, toProblem } from './platform/http/problem.filter.js';
import { ProblemError } from './platform/http/problem.js';
import { createPino, NestLogger } from './platform/logging/logger.js';

/** Enough for the largest JSON request; catalogue files have a limit of their own. */
const BODY_LIMIT_BYTES = 256 * 1024;
const CALLBACK_PATH = /^\/api\/(wechat|wecom)\//;
const CLOSING_SWEEP_MS = 50;
const CALLBACK_LIMIT_BYTES = 64 * 1024;
const CATALOGUE_LIMIT_BYTES = 20 * 1024 * 1024;

function createAdapter({ trustProxy }: Environment, logger: Pino): FastifyAdapter {
  const adapter = new FastifyAdapter({
    trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    genReqId: () => ulid(),
    loggerInstance: logger,
    // Fastify's own lines carry query and address; the hook below writes what may be kept.
    logController: new LogController({ disableRequestLogging: true }),
    requestTimeout: 60_000,
    // An address that cannot be decoded never reaches Nest and its filter.
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(toProblem(error), request, reply),
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  // No endpoint takes plain text; left in, it would be an empty body with confusing faults.
  fastify.removeContentTypeParser('text/plain');
  fastify.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    reply.header('referrer-policy', 'no-referrer');
  });
  fastify.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    const isXml = /^(text|application)\/xml\b/.test(request.headers['content-type'] ?? '');
    // XML is read for callbacks alone; elsewhere it would arrive as bytes, with confusing faults.
    if (!isXml || CALLBACK_PATH.test(request.url)) return;
    sendProblem(new ProblemError(ProblemType.UnsupportedMediaType), request, reply);
    return reply;
  });
  // A connection that is busy when the closing begins would be kept alive for 72 seconds after its answer.
  fastify.addHook('preClose', (done) => {
    const sweep = setInterval(() => fastify.server.closeIdleConnections(), CLOSING_SWEEP_MS);
    fastify.server.once('close', () => clearInterval(sweep));
    done();
  });
  fastify.addHook('onResponse', async (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.routeOptions.url ?? request.url.split('?', 1)[0];
    const fields = { requestId: request.id, method: request.method, path, status: reply.statusCode };
    logger.info({ ...fields, ms: Math.round(reply.elapsedTime) }, 'request');
  });
  return adapter;
}

/** OpenAPI generated from the controllers and their DTOs. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('Guide mall API')
    .setDescription(
      'Amounts are integer fen, rates basis points, instants UTC epoch milliseconds. Refusals are RFC 9457 problems.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, options);
}

async function serveFiles(app: NestFastifyApplication, environment: Environment): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  await fastify.register(fastifyStatic, {
    root: resolve(environment.mediaDirectory),
    prefix: '/media/',
    maxAge: '30d',
    immutable: true,
    decorateReply: false,
  });
  if (environment.h5Directory !== null && existsSync(environment.h5Directory)) {
    await fastify.register(fastifyStatic, {
      root: resolve(environment.h5Directory),
      prefix: '/',
      decorateReply: false,
      setHeaders: (response, path) => {
        // A name that carries a hash of the content never changes; everything else is asked about each time.
        const forever = /\.[0-9a-f]{8,}\./.test(path);
        response.setHeader('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
}

/** Builds the application without listening. */
export async function createApp(loaded: LoadedEnvironment, logger = createPino(loaded.environment.logLevel)) {
  const { environment } = loaded;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.forEnvironment(loaded),
    createAdapter(environment, logger),
    // rawBody: WeChat's notices are signed over their exact bytes.
    { logger: new NestLogger(logger), rawBody: true, abortOnError: false },
  );
  app.useBodyParser(['text/csv', 'application/octet-stream'], { bodyLimit: CATALOGUE_LIMIT_BYTES });
  // Callbacks of WeChat and WeCom are XML of some hundred bytes; what reads them takes the raw body.
  app.useBodyParser(['text/xml', 'application/xml'], { bodyLimit: CALLBACK_LIMIT_BYTES });
  app.enableShutdownHooks();
  SwaggerModule.setup('docs', app, () => describeApi(app), { customSiteTitle: 'Guide mall API' });
  await serveFiles(app, environment);
  return app;
}
