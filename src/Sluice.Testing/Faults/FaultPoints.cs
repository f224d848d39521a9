using System.Runtime.CompilerServices;
using Sluice.Journal;

namespace Sluice.Testing;

/// <summary>What happens before and after each storage call. Its arrays are filled before the storage is used; the counts are atomic.</summary>
internal sealed class FaultPoints
{
    private static readonly int Operations = Enum.GetValues<StorageOperation>().Length;

    private readonly Func<StorageCall, ValueTask>?[] _before = new Func<StorageCall, ValueTask>?[Operations];
    private readonly Func<StorageCall, ValueTask>?[] _after = new Func<StorageCall, ValueTask>?[Operations];
    private readonly int[] _counts = new int[Operations];
    private volatile bool _isCrashed;

    public bool IsCrashed => _isCrashed;

    public void Add(StorageOperation operation, bool isBefore, Func<StorageCall, ValueTask> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        ref var slot = ref (isBefore ? _before : _after)[(int)operation];
        slot = slot is null ? act : Both(slot, act);
    }

    public int CountOf(StorageOperation operation) => Volatile.Read(ref _counts[(int)operation]);

    public void MarkCrashed() => _isCrashed = true;

    public async ValueTask<T> AroundAsync<T>(StorageOperation operation, Func<ValueTask<T>> act, IReadOnlyList<JournalEntry>? entries = null)
    {
        var call = await BeforeAsync(operation, entries).ConfigureAwait(false);
        var result = await act().ConfigureAwait(false);
        await AfterAsync(call).ConfigureAwait(false);
        return result;
    }

    public async ValueTask AroundAsync(StorageOperation operation, Func<ValueTask> act)
    {
        var call = await BeforeAsync(operation).ConfigureAwait(false);
        await act().ConfigureAwait(false);
        await AfterAsync(call).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<T> AroundAsync<T>(
        StorageOperation operation, IAsyncEnumerable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = await BeforeAsync(operation).ConfigureAwait(false);
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return item;
        await AfterAsync(call).ConfigureAwait(false);
    }

    private static Func<StorageCall, ValueTask> Both(Func<StorageCall, ValueTask> first, Func<StorageCall, ValueTask> second) => async call =>
    {
        await first(call).ConfigureAwait(false);
        await second(call).ConfigureAwait(false);
    };

    public static IOException Crashed() => new("The storage has crashed, as the test asked.");

    private async ValueTask<StorageCall> BeforeAsync(StorageOperation operation, IReadOnlyList<JournalEntry>? entries = null)
    {
        var number = Interlocked.Increment(ref _counts[(int)operation]);
        if (_isCrashed) throw Crashed();
        var call = new StorageCall { Operation = operation, Number = number, Entries = entries ?? [] };
        if (_before[(int)operation] is { } act) await act(call).ConfigureAwait(false);
        return call;
    }

    private ValueTask AfterAsync(StorageCall call)
    {
        // A call that was on its way when another one crashed may have done its work, but nobody hears of it.
        if (_isCrashed) throw Crashed();
        return _after[(int)call.Operation] is { } act ? act(call) : ValueTask.CompletedTask;
    }
}
