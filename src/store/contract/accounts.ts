/** Accounts, their tokens, and what they call their things. A part of the store's contract: see `../store.ts`. */
import type {
  Account,
  AccountField,
  AccountSchema,
  CrmUser,
  DeclaredEventType,
  DeclaredKind,
  Pipeline,
  Token,
} from '../../model/index.ts'

export interface Page {
  limit: number
  /** The last id of the page before; undefined for the first page. */
  after?: string | undefined
}

export interface AccountReads {
  get(accountId: string): Promise<Account | null>
  findByExternalId(externalId: string): Promise<Account | null>
  /** The oldest account: the one that the first start made. */
  first(): Promise<Account | null>
}

export interface AccountWrites extends AccountReads {
  insert(account: Account): Promise<void>
  /** Raises `schema_version`, too: whoever keeps a copy of the account learns by it. */
  update(
    accountId: string,
    change: Partial<
      Pick<Account, 'name' | 'subdomain' | 'time_zone' | 'language' | 'strict' | 'retention_days'>
    >,
  ): Promise<void>
}

export interface TokenReads {
  /** `hash` is the hex SHA-256 of the token. Of any account: this is how a caller's account is found. */
  findByHash(hash: string): Promise<Token | null>
  list(accountId: string, page: Page): Promise<Token[]>
}

export interface TokenWrites extends TokenReads {
  insert(token: Token, hash: string): Promise<void>
  /** Makes `hash` the token's one and only secret, or inserts it; for the token that the environment sets at each start. */
  upsert(token: Token, hash: string): Promise<void>
  /** False where the account has no such token. */
  delete(accountId: string, tokenId: string): Promise<boolean>
}

/** Names seen in a write that the account did not know. */
export type DiscoveredNames = Pick<AccountSchema, 'fields' | 'pipelines' | 'users'>

export interface SchemaReads {
  get(accountId: string): Promise<AccountSchema>
}

/** Each write that changes something raises the account's `schema_version`. */
export interface SchemaWrites extends SchemaReads {
  /** Inserts or replaces the pipeline with all its stages, in their order; stages that it does not name are gone. */
  putPipeline(accountId: string, pipeline: Pipeline): Promise<void>
  deletePipeline(accountId: string, kind: string, pipelineId: string): Promise<boolean>
  putFields(accountId: string, fields: AccountField[]): Promise<void>
  deleteField(accountId: string, kind: string, name: string): Promise<boolean>
  putUsers(accountId: string, users: CrmUser[]): Promise<void>
  deleteUser(accountId: string, userId: string): Promise<boolean>
  /**
   * Adds what a write named for the first time: fields (or a wider type of a discovered one), pipelines, stages at the end
   * of their pipeline, users. What is there by now keeps its names, also where another process has just put it there.
   */
  discover(accountId: string, found: DiscoveredNames): Promise<void>
  putKind(accountId: string, kind: DeclaredKind): Promise<void>
  deleteKind(accountId: string, name: string): Promise<boolean>
  putEventType(accountId: string, eventType: DeclaredEventType): Promise<void>
  deleteEventType(accountId: string, type: string): Promise<boolean>
}
