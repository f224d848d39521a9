using Npgsql;

namespace Sluice.Postgres.Tests.TargetDatabase;

public sealed class RoleCheckTests(TargetServer server) : IClassFixture<TargetServer>
{
    [Theory]
    [InlineData("grant update on customers to {0}", "may_write")]
    [InlineData("grant update (name) on customers to {0}", "may_write")]
    [InlineData("alter table products owner to {0}", "owns_relations")]
    [InlineData("alter role {0} bypassrls", "bypass_row_security")]
    [InlineData("alter role {0} createdb", "role_attributes")]
    [InlineData("grant create on schema public to {0}", "may_create")]
    [InlineData("grant pg_read_server_files to {0}", "server_role")]
    public async Task Role_WithARightToChange_IsWarnedAbout(string grant, string expected)
    {
        var role = $"role_{expected}_{grant.Length}";
        await ServerFixture.ExecuteAsync(server.SuperuserConnection, $"create role {role} login password 'planted'; {string.Format(grant, role)}");
        var port = new NpgsqlConnectionStringBuilder(server.SuperuserConnection).Port;

        await using var database = await new PostgresDataProvider().OpenTargetDatabaseAsync(
            new() { Url = $"postgres://{role}:planted@127.0.0.1:{port}/shop" }, new(), CancellationToken.None);

        (await database.CheckAsync(CancellationToken.None)).Select(warning => warning.Code).ShouldContain(expected);
    }
}
