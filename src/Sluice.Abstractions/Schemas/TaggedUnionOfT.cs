namespace Sluice;

/// <summary>A union of types under <typeparamref name="TBase"/>. A value: every <see cref="Case{T}"/> returns a new one.</summary>
/// <typeparam name="TBase">The base class or interface.</typeparam>
public sealed class TaggedUnion<TBase> : TaggedUnion
    where TBase : class
{
    internal TaggedUnion(IReadOnlyDictionary<string, Type> cases)
        : base(typeof(TBase), cases)
    {
    }

    /// <summary>Adds a case.</summary>
    /// <typeparam name="T">The type of the case.</typeparam>
    /// <param name="kind">Its kind on the wire. Non-blank.</param>
    /// <exception cref="ArgumentException">The kind or the type is a case already.</exception>
    public TaggedUnion<TBase> Case<T>(string kind)
        where T : TBase
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        if (Cases.ContainsKey(kind)) throw new ArgumentException($"Kind '{kind}' is a case of {typeof(TBase).Name} already.", nameof(kind));
        if (Cases.Values.Contains(typeof(T))) throw new ArgumentException($"{typeof(T).Name} is a case of {typeof(TBase).Name} already.", nameof(kind));
        return new(new Dictionary<string, Type>(Cases, StringComparer.Ordinal) { [kind] = typeof(T) });
    }
}
