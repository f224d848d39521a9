namespace Sluice;

/// <summary>The owner of everything the runtime stores. Taken from trusted configuration, never from a call.</summary>
public sealed record TenantSpec
{
    /// <summary>The wall between tenants: rows of one resource id are never visible to another. Non-blank.</summary>
    public required string ResourceId { get; init; }

    /// <summary>The version of the tenant's configuration, recorded beside what is stored. Non-blank.</summary>
    public required string Version { get; init; }
}
