namespace Sluice.JsonSchemas.Evaluating;

/// <summary>One assertion or applicator of a compiled schema.</summary>
internal abstract class Keyword
{
    /// <summary>The schemas this keyword applies to the same value, by which a loop without progress could arise.</summary>
    public virtual IEnumerable<Subschema> InPlace => [];

    /// <summary>
    /// Whether the value is acceptable. One implementation serves both passes: without a collector the first failure may return at once;
    /// with one, every failure is told to the evaluation before false is returned.
    /// </summary>
    public abstract bool Accepts(in Instance value, Evaluation evaluation);

    /// <summary>Called once, when every schema that this keyword refers to is complete.</summary>
    public virtual void Link(SchemaNode owner)
    {
    }
}
