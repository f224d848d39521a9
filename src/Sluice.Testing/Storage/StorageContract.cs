using System.Security.Cryptography;
using Sluice.Storage;

namespace Sluice.Testing;

/// <summary>What the contract suites of all storage ports share. A store's tests derive from each suite and say how to make the storage.</summary>
/// <remarks>Every test works with tenants of its own, so <see cref="CreateAsync"/> may open one database again and again.</remarks>
public abstract class StorageContract : ContractSuite
{
    private readonly string _suffix = RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>The tenant that a test works with.</summary>
    protected TenantSpec Tenant => new() { ResourceId = $"tenant-a-{_suffix}", Version = "1" };

    /// <summary>A tenant that must not see anything of <see cref="Tenant"/>.</summary>
    protected TenantSpec OtherTenant => new() { ResourceId = $"tenant-b-{_suffix}", Version = "1" };

    /// <summary>The two tenants of one generated operation sequence, apart from those of the others.</summary>
    private protected TenantSpec[] TenantsOf(int sequence) =>
        [Tenant with { ResourceId = $"{Tenant.ResourceId}-{sequence}" }, OtherTenant with { ResourceId = $"{OtherTenant.ResourceId}-{sequence}" }];

    /// <summary>Opens the storage under test. The test disposes it. Skip the test here when a server it needs is missing.</summary>
    protected abstract ValueTask<IRuntimeStorage> CreateAsync();
}
