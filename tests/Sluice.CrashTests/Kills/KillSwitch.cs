using Sluice.Journal;
using Sluice.Storage;
using Sluice.Testing;

namespace Sluice.CrashTests.Kills;

/// <summary>
/// Ends this process with SIGKILL at one boundary, by name: before or after the append of an entry (by its kind and step), an effect (by its
/// name) or another write to the storage (by its number in this process). Can list the boundaries that are passed instead.
/// </summary>
internal sealed class KillSwitch
{
    private static readonly StorageOperation[] Writes =
    [
        StorageOperation.AddPlan, StorageOperation.UpdatePlan, StorageOperation.AddApproval, StorageOperation.UpdateApproval,
        StorageOperation.PutReference, StorageOperation.AddRunToThread,
    ];

    private readonly Lock _lock = new();
    private readonly string? _target;
    private readonly string? _tracePath;
    private readonly Action _atTarget;

    /// <summary>Sets where it acts.</summary>
    /// <param name="target">The boundary; null: none.</param>
    /// <param name="tracePath">The file in which to list boundaries; null: none.</param>
    /// <param name="atTarget">What to do there instead of ending.</param>
    public KillSwitch(string? target, string? tracePath = null, Action? atTarget = null)
    {
        (_target, _tracePath, _atTarget) = (target, tracePath, atTarget ?? Kill);
        // Reaches nobody; the call is ready then.
        Signal.Send(Environment.ProcessId, Signal.None);
    }

    public static string Append(string when, JournalEntryKind kind, string key) => $"{when} append {kind} {key}";

    public static string Write(string when, StorageOperation operation, int number) => $"{when} {operation} {number}";

    /// <summary>Whether a boundary has the same name in a process that goes on with a run.</summary>
    public static bool IsLasting(string boundary) =>
        boundary.Contains(" append ", StringComparison.Ordinal) || boundary.Contains(" effect ", StringComparison.Ordinal);

    public IRuntimeStorage Watch(IRuntimeStorage storage)
    {
        var watched = new FaultyStorage(storage)
            .Before(StorageOperation.AppendEntries, call => PassEntries("before", call))
            .After(StorageOperation.AppendEntries, call => PassEntries("after", call));
        foreach (var operation in Writes)
        {
            watched.Before(operation, call => PassWrite("before", call)).After(operation, call => PassWrite("after", call));
        }

        return watched;
    }

    public void Pass(string boundary)
    {
        if (_tracePath is not null)
        {
            lock (_lock) File.AppendAllText(_tracePath, boundary + "\n");
        }

        if (boundary == _target) _atTarget();
    }

    private ValueTask PassEntries(string when, StorageCall call)
    {
        foreach (var entry in call.Entries) Pass(Append(when, entry.Kind, entry.Key));
        return ValueTask.CompletedTask;
    }

    private ValueTask PassWrite(string when, StorageCall call)
    {
        Pass(Write(when, call.Operation, call.Number));
        return ValueTask.CompletedTask;
    }

    private static void Kill()
    {
        // Process.Kill would have to be compiled first: meanwhile the run would get past the boundary.
        Signal.Send(Environment.ProcessId, Signal.Kill);
        Thread.Sleep(Timeout.Infinite);
    }
}
