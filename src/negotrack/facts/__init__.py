"""What questions are asked with and answered from: rows, acts and rolls, without SQL."""
