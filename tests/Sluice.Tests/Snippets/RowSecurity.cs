using Sluice.Data;

namespace Sluice.Tests.Snippets;

/// <summary>The code of <c>docs/security/read-only-sql-postgres.md</c>.</summary>
public static class RowSecurity
{
    public static async Task<OpenDataEnvironment> OpenAsync(DataEnvironment environment, TenantSpec tenant)
    {
        // snippet: row-security
        var guard = new QueryGuard { SessionSettings = new Dictionary<string, string> { ["app.tenant"] = tenant.ResourceId } };
        var data = await environment.OpenAsync([new PostgresDataProvider()], new() { Guard = guard, Tenant = tenant });
        foreach (var warning in await data.TargetDatabase!.CheckAsync(CancellationToken.None)) Console.WriteLine($"{warning.Code}: {warning.Message}");
        // end
        return data;
    }
}
