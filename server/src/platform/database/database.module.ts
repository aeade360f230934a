import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Environment } from '../config/environment.js';
import { ENVIRONMENT } from '../config/environment.token.js';
import { openReadSource, openWriteSource } from './data-source.js';
import { Database, READ_SOURCE } from './database.js';
import { migrate } from './migrate.js';
import { ReadSnapshots } from './read-snapshot.js';
import type { EntityClass } from './tx.js';
import { UnitOfWork, WRITE_SOURCE } from './unit-of-work.js';

interface Schema {
  entities: EntityClass<object>[];
  migrations: EntityClass<object>[];
}

/** Opens the database, migrates it where the environment says so, and closes it at shutdown. */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(WRITE_SOURCE) private readonly write: DataSource,
    @Inject(READ_SOURCE) private readonly read: DataSource,
  ) {}

  static forSchema(schema: Schema): DynamicModule {
    const writeSource = {
      provide: WRITE_SOURCE,
      inject: [ENVIRONMENT],
      useFactory: async (environment: Environment): Promise<DataSource> => {
        const source = await openWriteSource(environment.database, {
          ...schema,
          poolSize: environment.databasePoolSize,
        });
        if (environment.migrateOnStart) await migrate(source);
        return source;
      },
    };
    const readSource = {
      provide: READ_SOURCE,
      inject: [ENVIRONMENT, WRITE_SOURCE],
      useFactory: (environment: Environment, write: DataSource) => openReadSource(environment.database, write),
    };
    return {
      module: DatabaseModule,
      providers: [writeSource, readSource, UnitOfWork, Database, ReadSnapshots],
      exports: [WRITE_SOURCE, READ_SOURCE, UnitOfWork, Database, ReadSnapshots],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.read !== this.write) await this.read.destroy();
    await this.write.destroy();
  }
}
