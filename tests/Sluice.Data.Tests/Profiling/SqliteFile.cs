using SQLitePCL;

namespace Sluice.Data.Tests.Profiling;

/// <summary>A SQLite database in a temporary file.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-sqlite-").FullName;

    public SqliteFile(string sql)
    {
        Batteries_V2.Init();
        Run(sql);
    }

    public string Name => Path.Combine(_folder, "data.db");

    public void Run(string sql)
    {
        raw.sqlite3_open(Name, out var handle).ShouldBe(raw.SQLITE_OK);
        using (handle)
        {
            var rc = raw.sqlite3_exec(handle, sql, out var error);
            (rc == raw.SQLITE_OK).ShouldBeTrue(error);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
