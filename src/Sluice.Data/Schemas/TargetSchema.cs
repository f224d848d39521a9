namespace Sluice.Data.Schemas;

/// <summary>What the target database says of itself, read again after a minute. One lock guards what is remembered.</summary>
internal sealed class TargetSchema(ITargetDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private Task<SchemaEntries>? _reading;
    private long _since;

    /// <summary>Its tables, columns and declared relations as entries of a catalog.</summary>
    public Task<SchemaEntries> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var isOver = _reading is { IsFaulted: true } or { IsCanceled: true } || (_reading is not null && time.GetElapsedTime(_since) > Remembered);
            if (_reading is null || isOver)
            {
                // Others wait for it too, so that it does not end with the call that began it.
                _reading = ReadAsync();
                _since = time.GetTimestamp();
            }

            return _reading.WaitAsync(cancellationToken);
        }
    }

    private async Task<SchemaEntries> ReadAsync() =>
        new(await database.ReadSchemaAsync(CancellationToken.None).ConfigureAwait(false));
}
