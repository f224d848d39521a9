namespace Sluice.Sqlite.TargetDatabase;

/// <summary>The layers that keep a query from doing more than read. All are on; tests leave one out to see what it is worth.</summary>
[Flags]
internal enum GuardLayers
{
    None = 0,

    /// <summary>The handle is opened for reading only.</summary>
    ReadOnlyHandle = 1,

    /// <summary>What the engine can switch off for a connection is off.</summary>
    Configuration = 2,

    /// <summary>Sizes that the engine counts: values, statements, depth, attached databases.</summary>
    Limits = 4,

    /// <summary>The engine asks for each table, column, function and action while it compiles.</summary>
    Authorizer = 8,

    /// <summary>No NUL, and nothing but one statement.</summary>
    OneStatement = 16,

    /// <summary>The engine says that the statement only reads, and it has columns.</summary>
    ReadOnlyStatement = 32,

    /// <summary>The compiled program opens only tables that may be read.</summary>
    Program = 64,

    /// <summary>Functions that can work for seconds in one call are bounded.</summary>
    BoundedFunctions = 128,

    /// <summary>Time and cancellation end the statement.</summary>
    Time = 256,

    /// <summary>The engine's memory is bounded.</summary>
    Memory = 512,

    /// <summary>Rows, bytes and values are cut.</summary>
    Caps = 1024,

    /// <summary>Everything runs within a transaction that is rolled back.</summary>
    Transaction = 2048,

    All = 4095,
}
