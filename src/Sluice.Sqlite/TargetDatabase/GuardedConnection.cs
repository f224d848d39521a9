using Sluice.Data;
using Sluice.Sqlite.Connections;
using SQLitePCL;

namespace Sluice.Sqlite.TargetDatabase;

/// <summary>The connection of one query, with every layer set up before anything of an agent reaches it.</summary>
internal sealed class GuardedConnection : IDisposable
{
    /// <summary>A writer that commits holds the file for a moment.</summary>
    private static readonly TimeSpan LongestBusy = TimeSpan.FromSeconds(2);

    private readonly EngineFunctions _engineFunctions = new();

    private GuardedConnection(TrustedConnection connection, Readable readable, RowFilters filters, QueryGuard guard, Watch watch, GuardLayers layers)
    {
        (Trusted, Readable, Watch, Layers) = (connection, readable, watch, layers);
        Functions = new(guard);
        Authorizer = new(readable, Functions, filters);
    }

    /// <summary>The same connection, for statements of our own before and after the agent's.</summary>
    public TrustedConnection Trusted { get; }

    public sqlite3 Handle => Trusted.Handle;

    public Readable Readable { get; }

    public AllowedFunctions Functions { get; }

    public Authorizer Authorizer { get; }

    public Watch Watch { get; }

    public GuardLayers Layers { get; }

    /// <summary>Opens the file and sets up the layers.</summary>
    /// <exception cref="SluiceException">The file cannot be read.</exception>
    public static GuardedConnection Open(string path, QueryGuard guard, ReadOnlyQuery query, Watch watch, GuardLayers layers)
    {
        var connection = TrustedConnection.Open(path, query.Timeout < LongestBusy ? query.Timeout : LongestBusy, layers);
        try
        {
            var readable = Readable.Load(connection, guard);
            foreach (var table in readable.VirtualTables) connection.Connect(table);
            var filters = RowFilters.Install(connection, readable, guard);
            var guarded = new GuardedConnection(connection, readable, filters, guard, watch, layers);
            guarded.SetUp();
            return guarded;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Says how long the values of the statement may be, before it runs.</summary>
    public void LimitValues(int bytes)
    {
        if (!Layers.HasFlag(GuardLayers.Limits)) return;
        _ = raw.sqlite3_limit(Handle, raw.SQLITE_LIMIT_LENGTH, bytes);
        _engineFunctions.ValueBytes = bytes;
    }

    public void Dispose()
    {
        Trusted.Dispose();
        _engineFunctions.Dispose();
        Watch.Dispose();
    }

    private void SetUp()
    {
        if (Layers.HasFlag(GuardLayers.Limits)) EngineSettings.Limit(Handle);
        if (Layers.HasFlag(GuardLayers.BoundedFunctions)) new BoundedFunctions(_engineFunctions).Register(Handle);
        if ((Layers & (GuardLayers.Time | GuardLayers.Memory)) != GuardLayers.None) raw.sqlite3_progress_handler(Handle, Watch.Steps, Watch.Look, null);
        if (!Layers.HasFlag(GuardLayers.Authorizer)) return;
        var rc = raw.sqlite3_set_authorizer(Handle, (strdelegate_authorizer)Authorizer.Authorize, null);
        if (rc != raw.SQLITE_OK) throw StoreFailure.Of(Trusted.Path, rc, "no authorizer could be set");
    }
}
