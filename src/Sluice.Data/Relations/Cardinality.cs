namespace Sluice.Data.Relations;

/// <summary>How many rows of one side go with a row of the other.</summary>
internal enum Cardinality
{
    ManyToOne,
    OneToOne,
    OneToMany,
    ManyToMany,
}
