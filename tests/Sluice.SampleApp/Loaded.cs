using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;
using Sluice;

namespace SampleApp;

public sealed record Question;

/// <summary>An assembly as the app sees it.</summary>
public sealed record LoadedAssembly(string? Version, string? Context);

/// <summary>What the app works with.</summary>
public sealed record Answer(LoadedAssembly Npgsql, LoadedAssembly Sluice, LoadedAssembly Sqlite, string SqliteVersion);

internal static class Loaded
{
    public static Answer Tell()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return new(Of(typeof(NpgsqlConnection)), Of(typeof(Define)), Of(typeof(raw)), connection.ServerVersion);
    }

    private static LoadedAssembly Of(Type type) => new(VersionOf(type.Assembly), AssemblyLoadContext.GetLoadContext(type.Assembly)?.Name);

    private static string? VersionOf(Assembly assembly) => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
}
