using System.Security.Cryptography;
using Sluice.Data;

namespace Sluice.Testing;

/// <summary>What the contract suites of data stores share.</summary>
/// <remarks>Every test works with scopes of its own, so a store's tests may open one database again and again.</remarks>
public abstract class DataContract : ContractSuite
{
    private readonly string _suffix = RandomNumberGenerator.GetHexString(12, lowercase: true);

    /// <summary>The scope that a test works with.</summary>
    protected DataScope Scope => new($"tenant-a-{_suffix}", "sales");

    /// <summary>Scopes that must not see anything of <see cref="Scope"/>: other tenants, other workspaces, and those whose texts run together to the same.</summary>
    protected IReadOnlyList<DataScope> Neighbours =>
    [
        new($"tenant-b-{_suffix}", "sales"), new($"tenant-a-{_suffix}"), new($"tenant-a-{_suffix}", "Sales"), new($"TENANT-a-{_suffix}", "sales"),
        new($"tenant-a-{_suffix}s", "ales"), new($"tenant-a-{_suffix}:sales"), new($"tenant-a-{_suffix}", "sales:"), new($"tenant-a-{_suffix}", "s%"),
    ];

    // Not as theory data: the runner hands those on as UTF-8, which has no half of a pair.

    /// <summary>Scopes that no store accepts.</summary>
    private protected static IReadOnlyList<DataScope> BadScopes { get; } =
    [
        default, new(null!), new("tenant", null!), new(""), new("tenant", "  "), new("tenant\0"), new("tenant", "\uD83D"), new(new('t', 513)),
    ];

    /// <summary>The scopes of one generated operation sequence, apart from those of the others.</summary>
    private protected DataScope[] ScopesOf(int sequence) =>
        [new($"{Scope.TenantId}-{sequence}"), new($"{Scope.TenantId}-{sequence}", "other"), new($"{Scope.TenantId}-{sequence}-other")];
}
