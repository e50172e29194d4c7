/** The version of the core inside. */
export function version(): string;
export function refuse(message: string): never;
export class TenantryError extends Error {}
