namespace Sluice.Postgres.TargetDatabase;

/// <summary>The layers that keep a query to reading. All are on; tests leave one out to see what it buys.</summary>
[Flags]
internal enum GuardLayers
{
    None = 0,

    /// <summary>NUL and broken UTF-16 are refused.</summary>
    Characters = 1,

    /// <summary>The lexer's refusals and the kind of statement.</summary>
    StatementKind = 2,

    /// <summary>The transaction only reads.</summary>
    ReadOnly = 4,

    /// <summary>A query runs first, after which the transaction's mode is fixed.</summary>
    FirstQuery = 8,

    /// <summary>Limits of time and memory in the server, and of time in the client.</summary>
    Limits = 16,

    /// <summary>Called functions are looked up.</summary>
    Functions = 32,

    /// <summary>The planner says what would be read.</summary>
    Plan = 64,

    /// <summary>Rows, bytes and values are capped.</summary>
    Caps = 128,

    /// <summary>The session is reset before it serves another call.</summary>
    Reset = 256,

    All = Characters | StatementKind | ReadOnly | FirstQuery | Limits | Functions | Plan | Caps | Reset,
}
