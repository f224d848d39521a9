namespace Sluice.Cli.CommandLine;

/// <summary>What the process says of its work when it ends.</summary>
internal enum ExitCode
{
    /// <summary>It is done.</summary>
    Done = 0,

    /// <summary>It failed; standard error says why.</summary>
    Failed = 1,

    /// <summary>The command line is wrong.</summary>
    WrongUse = 2,

    /// <summary>What was to be checked is not as it should be.</summary>
    ChecksFailed = 3,

    /// <summary>What was to be checked could not be: what is needed for it failed.</summary>
    InfrastructureFailed = 4,

    /// <summary>It stopped before its end, interrupted or for want of an answer; standard error says how it goes on.</summary>
    Interrupted = 130,
}
